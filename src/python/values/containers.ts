import { PyObject, type Value } from './object';

/** A list. */
export class PyList extends PyObject {
  readonly kind = 'list';
  items: Value[];

  constructor(items: Value[] = []) {
    super();
    this.items = items;
  }
}

/** A tuple; one of a named tuple knows its fields by its class. */
export class PyTuple extends PyObject {
  readonly kind = 'tuple';
  readonly items: readonly Value[];

  constructor(items: readonly Value[] = []) {
    super();
    this.items = items;
  }
}

/** `range(start, stop, step)`. */
export class PyRange extends PyObject {
  readonly kind = 'range';
  readonly start: bigint;
  readonly stop: bigint;
  readonly step: bigint;

  constructor(start: bigint, stop: bigint, step: bigint) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  get length(): bigint {
    const span = this.step > 0n ? this.stop - this.start : this.start - this.stop;
    const step = this.step > 0n ? this.step : -this.step;
    return span > 0n ? (span - 1n) / step + 1n : 0n;
  }
}

/** `start:stop:step` between square brackets. */
export class PySlice extends PyObject {
  readonly kind = 'slice';
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;

  constructor(start: Value, stop: Value, step: Value) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** `...`, and `NotImplemented`: there is one of each. */
export class Singleton extends PyObject {
  readonly kind: 'ellipsis' | 'NotImplementedType';

  constructor(kind: 'ellipsis' | 'NotImplementedType') {
    super();
    this.kind = kind;
  }
}

/** Python's `...` as a value. */
export const pyEllipsis = new Singleton('ellipsis');

/** What an operator's method answers for operands it does not know. */
export const notImplemented = new Singleton('NotImplementedType');

/** Something that gives one value after the other: `iter(x)`, `zip(…)`, a generator. */
export class PyIterator extends PyObject {
  readonly kind: 'iterator' | 'generator';
  readonly name: string;
  readonly source: Iterator<Value, Value | undefined, Value>;
  isRunning = false;

  constructor(
    name: string,
    source: Iterator<Value, Value | undefined, Value>,
    kind: 'iterator' | 'generator' = 'iterator',
  ) {
    super();
    this.kind = kind;
    this.name = name;
    this.source = source;
  }
}
