/** What a Python program can hold: `None`, `bool`, `int`, `float`, `str`, and everything else as an object of ours. */
export type Value = null | boolean | bigint | number | string | PyObject;

/** Arguments given by name. */
export type Keywords = ReadonlyMap<string, Value>;

/** No arguments given by name. */
export const noKeywords: Keywords = new Map();

/** The kinds of objects there are, which is what their built-in class is called. */
export type Kind =
  | 'object'
  | 'type'
  | 'list'
  | 'tuple'
  | 'dict'
  | 'set'
  | 'frozenset'
  | 'range'
  | 'slice'
  | 'function'
  | 'method'
  | 'builtin_function_or_method'
  | 'module'
  | 'property'
  | 'classmethod'
  | 'staticmethod'
  | 'super'
  | 'iterator'
  | 'generator'
  | 'ellipsis'
  | 'NotImplementedType'
  | 'dict_keys'
  | 'dict_values'
  | 'dict_items'
  | 'foreign';

/** Anything that is not a number, a text or `None`. */
export abstract class PyObject {
  abstract readonly kind: Kind;
  /** Its class, where that is not the built-in one of its kind. */
  subclass: PyClass | null = null;
  /** What `__dict__` holds; `null` until something is put there. */
  attributes: Map<string, Value> | null = null;
  /** Counts objects up: what `id()` answers, and which of two objects is older. */
  readonly serial = nextSerial();
}

let serials = 0;

/** The number of the newest object is this or less; an object made later has a larger one. */
export function nextSerial(): number {
  serials += 1;
  return serials;
}

/** The first of some values that is there at all: `None` is a value, so `??` would pass over it. */
export function firstGiven(...values: readonly (Value | undefined)[]): Value | undefined {
  return values.find((value) => value !== undefined);
}

/** A class: built in, given by a module, or defined by the program. */
export class PyClass extends PyObject {
  readonly kind = 'type';
  readonly name: string;
  readonly bases: readonly PyClass[];
  /** The classes that answer for an attribute, in their order; the class itself is the first. */
  readonly mro: readonly PyClass[];
  /** Its own attributes. */
  readonly own: Map<string, Value>;
  /** Only what the program defines can be changed by it. */
  readonly isOpen: boolean;
  /** The module it is named by. */
  module = 'builtins';
  /** Does what a kind of classes needs when one of it is derived: members of an enumeration, fields of a tuple. */
  derive: ((derived: PyClass) => void) | null = null;

  constructor(
    name: string,
    bases: readonly PyClass[],
    own: Iterable<readonly [string, Value]> = [],
    isOpen = false,
  ) {
    super();
    this.name = name;
    this.bases = bases;
    this.own = new Map(own);
    this.isOpen = isOpen;
    const [only] = bases;
    const above =
      only && bases.length === 1 ? only.mro : mergeOrders([...bases.map(({ mro }) => mro), bases]);
    this.mro = [this, ...above];
  }

  /** What the class or the nearest of those it is derived from has under a name. */
  find(name: string): Value | undefined {
    for (const one of this.mro) {
      const found = one.own.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Whether it is a class, or derived from it. */
  isDerivedFrom(other: PyClass): boolean {
    return this.mro.includes(other);
  }
}

/** Bases that contradict each other about their order. */
export class OrderConflict extends Error {}

/** @see https://docs.python.org/3/howto/mro.html#the-c3-method-resolution-order */
function mergeOrders(lists: readonly (readonly PyClass[])[]): PyClass[] {
  const merged: PyClass[] = [];
  let rest = lists.filter((list) => list.length > 0);
  while (rest.length > 0) {
    const next = rest
      .map(([head]) => head)
      .find((head) => head && !rest.some((list) => list.includes(head, 1)));
    if (!next) throw new OrderConflict();
    merged.push(next);
    rest = rest.map((list) => (list[0] === next ? list.slice(1) : list)).filter((list) => list.length > 0);
  }
  return merged;
}

/** An object of a class that the program defines or a module gives. */
export class Instance extends PyObject {
  readonly kind = 'object';
  /** The number or text it is besides: a member of an `IntEnum`, an object of a class derived from `str`. */
  payload: Value | undefined = undefined;

  constructor(type: PyClass) {
    super();
    this.subclass = type;
  }
}
