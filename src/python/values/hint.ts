import type { BinaryOperator } from '../syntax';
import { PyTuple } from './containers';
import { Foreign } from './foreign';
import type { Machine } from './machine';
import { PyClass, type Keywords, type Value } from './object';

/**
 * A type that only people and checkers read: `Optional[int]`, `List[T]`, `int | None`. It knows the classes it stands
 * for, so that `isinstance` works with it and classes can be derived from it.
 */
export class TypeHint extends Foreign {
  readonly typeName: string;
  /** The classes of which one is meant; empty where any is. */
  readonly members: readonly Value[];
  readonly #isInstance: ((machine: Machine, value: Value) => boolean) | null;

  constructor(
    typeName: string,
    members: readonly Value[] = [],
    isInstance: ((machine: Machine, value: Value) => boolean) | null = null,
  ) {
    super();
    this.typeName = typeName;
    this.members = members;
    this.#isInstance = isInstance;
  }

  override getAttribute(_machine: Machine, name: string): Value | undefined {
    return /^__(name|qualname)__$/.test(name) ? this.typeName : undefined;
  }

  override getItem(_machine: Machine, key: Value): Value {
    if (this.typeName !== 'Union' && this.typeName !== 'Optional') return this;
    const members = key instanceof PyTuple ? key.items : [key];
    return new TypeHint('Union', this.typeName === 'Optional' ? [...members, null] : members);
  }

  override binary(
    _machine: Machine,
    op: BinaryOperator,
    other: Value,
    reflected: boolean,
  ): Value | undefined {
    if (op !== '|') return undefined;
    return new TypeHint('Union', reflected ? [other, this] : [this, other]);
  }

  override call(machine: Machine, args: readonly Value[], keywords: Keywords): Value {
    const [type] = this.members;
    if (type instanceof PyClass && this.members.length === 1) return machine.call(type, args, keywords);
    throw machine.unknown(`calling ${this.typeName} is not known here`);
  }

  override hasInstance(machine: Machine, value: Value): boolean {
    if (this.#isInstance) return this.#isInstance(machine, value);
    return this.members.some((member) =>
      member === null ? value === null : machine.isInstance(value, member),
    );
  }

  override asBase(): PyClass | null {
    const [type] = this.members;
    return type instanceof PyClass && this.members.length === 1 ? type : null;
  }

  override repr(): string {
    return `typing.${this.typeName}`;
  }
}
