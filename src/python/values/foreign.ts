import type { BinaryOperator, CompareOperator, UnaryOperator } from '../syntax';
import type { Machine } from './machine';
import { PyObject, type Keywords, type PyClass, type Value } from './object';

/** What a value can be asked to become. */
export type Conversion = 'int' | 'float' | 'bool' | 'str';

/**
 * A value of somebody else's: a symbolic tensor, a dtype, a function of a library. Every operation says that it is
 * not known here until a subclass overrides it. Where a method may answer `undefined`, Python goes on as if the
 * value did not have it: it asks the other operand, or raises an AttributeError.
 */
export abstract class Foreign extends PyObject {
  readonly kind = 'foreign';
  /** What sentences and `type(x).__name__` call it. */
  abstract readonly typeName: string;

  getAttribute(machine: Machine, name: string): Value | undefined {
    throw machine.unknown(`${this.typeName} has no ${name} that is known here`);
  }

  setAttribute(machine: Machine, name: string, _value: Value): void {
    throw machine.unknown(`${name} of ${this.typeName} cannot be set here`);
  }

  call(machine: Machine, _args: readonly Value[], _keywords: Keywords): Value {
    throw machine.unknown(`calling ${this.typeName} is not known here`);
  }

  /** `this op other`, or `other op this` where it is reflected. */
  binary(_machine: Machine, _op: BinaryOperator, _other: Value, _reflected: boolean): Value | undefined {
    return undefined;
  }

  /** `this op= other`, where that changes it in place; `undefined` where it makes a new one. */
  augmented(_machine: Machine, _op: BinaryOperator, _other: Value): Value | undefined {
    return undefined;
  }

  /** `this op other`; equality is being the same object unless it says otherwise. */
  compare(_machine: Machine, op: CompareOperator, other: Value): Value | undefined {
    if (op === '==') return this === other;
    return op === '!=' ? this !== other : undefined;
  }

  /** `this is other` is about to be asked: throws where it is not known which object it is. */
  beforeIdentity(_machine: Machine): void {
    // It is itself.
  }

  unary(machine: Machine, op: Exclude<UnaryOperator, 'not'>): Value {
    throw machine.unknown(`${op} of ${this.typeName} is not known here`);
  }

  /** `not this`; `undefined` asks `truth`. */
  not(_machine: Machine): Value | undefined {
    return undefined;
  }

  getItem(machine: Machine, _key: Value): Value {
    throw machine.unknown(`indexing ${this.typeName} is not known here`);
  }

  setItem(machine: Machine, _key: Value, _value: Value): void {
    throw machine.unknown(`assigning to a part of ${this.typeName} is not known here`);
  }

  contains(machine: Machine, _item: Value): Value {
    throw machine.unknown(`looking for something in ${this.typeName} is not known here`);
  }

  /** Its values; `null` where nobody knows how many there are, which is asked of `hooks.loop`. */
  iterate(machine: Machine): Iterable<Value> | null {
    throw machine.unknown(`going through ${this.typeName} is not known here`);
  }

  /** `len(this)`: an integer, or a foreign value that stands for one. */
  length(machine: Machine): Value {
    throw machine.unknown(`the length of ${this.typeName} is not known here`);
  }

  /** Whether it counts as true; `null` where only running the model tells, which is asked of `hooks.branch`. */
  truth(_machine: Machine): boolean | null {
    return true;
  }

  /** `int(this)` and its relatives. */
  convert(machine: Machine, to: Conversion): Value {
    if (to === 'bool') return machine.truth(this);
    if (to === 'str') return this.repr(machine);
    throw machine.unknown(`${this.typeName} as ${to} is not known here`);
  }

  /** `isinstance(value, this)`. */
  hasInstance(machine: Machine, _value: Value): boolean {
    throw machine.unknown(`${this.typeName} is not known to be a class`);
  }

  /** `isinstance(this, type)`, for classes it does not name as its own; `undefined` goes by the class of the object. */
  isInstanceOf(_machine: Machine, _type: Value): boolean | undefined {
    return undefined;
  }

  /** What `@this` makes of a function or class. */
  decorate(machine: Machine, decorated: Value): Value {
    return machine.call(this, [decorated]);
  }

  /** The class that `class X(this)` is derived from; `null` where it adds nothing. */
  asBase(machine: Machine): PyClass | null {
    throw machine.unknown(`${this.typeName} is not known to be a class that others are derived from`);
  }

  repr(_machine: Machine): string {
    return `<${this.typeName}>`;
  }
}
