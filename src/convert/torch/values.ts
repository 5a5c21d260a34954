import { Foreign, PyList, PyTuple, type Conversion, type Machine, type Value } from '../../python';
import type { Result } from '../aten';
import type { Argument } from '../bind';
import { boundsOf, type Bounds } from '../bounds';
import { dimOf, SymInt, type Size } from '../size';
import { floorDivide, minus, modulo, plus, times } from '../symint';
import type { Tape } from '../tape';
import { Tensor } from '../tensor';

/** A tensor on a tape, as a program holds it. */
export class TensorValue extends Foreign {
  readonly typeName = 'Tensor';
  readonly tape: Tape;
  readonly tensor: Tensor;

  constructor(tape: Tape, tensor: Tensor) {
    super();
    this.tape = tape;
    this.tensor = tensor;
  }

  /** A tensor of one element counts where it is known. */
  override truth(): boolean | null {
    const [element] = this.tensor.numbers ?? [];
    return element === undefined ? null : element !== 0;
  }

  override convert(machine: Machine, to: Conversion): Value {
    const [size] = this.tensor.dtype === 'int64' ? (this.tape.sizesIn(this.tensor) ?? []) : [];
    if (to === 'int' && size !== undefined) return fromResult(this.tape, size);
    const [element] = this.tensor.numbers ?? [];
    if (element === undefined) throw machine.unknown(`a tensor as ${to} is known only when the model runs`);
    if (to === 'int') return BigInt(Math.trunc(element));
    return to === 'float' ? element : element !== 0;
  }
}

const arithmetic = new Map([
  ['+', plus],
  ['-', minus],
  ['*', times],
  ['//', floorDivide],
  ['%', modulo],
]);

/** A size that is free, as a program holds it: an integer that is not known. */
export class SizeValue extends Foreign {
  readonly typeName = 'int';
  readonly tape: Tape;
  readonly size: SymInt;

  constructor(tape: Tape, size: SymInt) {
    super();
    this.tape = tape;
    this.size = size;
  }

  override binary(_machine: Machine, op: string, other: Value, reflected: boolean): Value | undefined {
    const size = sizeOf(other);
    if (size === null) return undefined;
    const [left, right] = reflected ? [size, this.size] : [this.size, size];
    const result = arithmetic.get(op)?.(left, right);
    return result === undefined ? undefined : fromResult(this.tape, result);
  }

  /** What holds for every number that it may stand for; anything else is not known. */
  override compare(machine: Machine, op: string, other: Value): Value | undefined {
    const size = sizeOf(other);
    if (size === null) return op === '==' || op === '!=' ? op === '!=' : undefined;
    const bounds = boundsOf(minus(this.size, size), (name) => this.tape.leastOf(name));
    const answer = holds(op, bounds);
    if (answer !== null) return answer;
    const text = `${this.size.text} ${op} ${String(dimOf(size))}`;
    throw machine.unknown(`whether ${text} holds is known only when the model runs`);
  }

  override truth(): boolean | null {
    return holds(
      '!=',
      boundsOf(this.size, (name) => this.tape.leastOf(name)),
    );
  }

  override convert(machine: Machine, to: Conversion): Value {
    if (to === 'int') return this;
    const isTrue = to === 'bool' ? this.truth() : null;
    if (isTrue !== null) return isTrue;
    throw machine.unknown(`a free size as ${to} is known only when the model runs`);
  }
}

function sizeOf(value: Value): Size | null {
  if (value instanceof SizeValue) return value.size;
  return typeof value === 'bigint' ? Number(value) : null;
}

/** Whether `a op b` holds for all that `a - b` can be; `null` where it depends. */
function holds(op: string, [least, most]: Bounds): boolean | null {
  const decided = (always: boolean, never: boolean) => (always ? true : never ? false : null);
  switch (op) {
    case '==':
      return decided(least === 0 && most === 0, least > 0 || most < 0);
    case '!=':
      return decided(least > 0 || most < 0, least === 0 && most === 0);
    case '<':
      return decided(most < 0, least >= 0);
    case '<=':
      return decided(most <= 0, least > 0);
    case '>':
      return decided(least > 0, most <= 0);
    case '>=':
      return decided(least >= 0, most < 0);
    default:
      return null;
  }
}

/** What a call of an operator gave, as a program holds it. */
export function fromResult(tape: Tape, result: Result): Value {
  if (result instanceof Tensor) return new TensorValue(tape, result);
  if (result instanceof SymInt) return new SizeValue(tape, result);
  if (typeof result === 'number') return BigInt(result);
  if (Array.isArray(result)) return new PyList(result.map((one: Result) => fromResult(tape, one)));
  return result as boolean | null;
}

/** A value of a program as operators take it; `undefined` for what none takes. */
export function toArgument(value: Value): Argument | undefined {
  if (value instanceof TensorValue) return value.tensor;
  if (value instanceof SizeValue) return value.size;
  if (value instanceof PyList || value instanceof PyTuple) {
    const items = value.items.map(toArgument);
    return items.includes(undefined) ? undefined : items;
  }
  return value === null || typeof value !== 'object' ? value : undefined;
}
