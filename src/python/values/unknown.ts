import type { BinaryOperator, CompareOperator } from '../syntax';
import { NativeFunction } from './callable';
import { Foreign, type Conversion } from './foreign';
import type { Machine } from './machine';
import { PyClass, type Keywords, type Value } from './object';

/**
 * Something of a library that nobody knows here: `wandb`, `wandb.init`, what `wandb.init(…)` gives. Models import much
 * that their `forward` never touches, so this can be named, called and passed on, with a remark; it is a problem only
 * where it would decide something: whether a condition holds, how often a loop runs, which number is meant.
 */
export class UnknownValue extends Foreign {
  readonly typeName: string;
  /** Where it came from, for sentences. */
  readonly #origin: string;

  constructor(path: string, origin: string) {
    super();
    this.typeName = path;
    this.#origin = origin;
  }

  override getAttribute(_machine: Machine, name: string): Value | undefined {
    if (name === '__enter__') return new NativeFunction(name, '', () => this.#part('.__enter__()'));
    if (name === '__exit__') return new NativeFunction(name, '*about', () => null);
    return name.startsWith('__') ? undefined : this.#part(`.${name}`);
  }

  override setAttribute(machine: Machine, name: string): void {
    machine.note(`${this.typeName}.${name} was not set: ${this.typeName} is not known here`);
  }

  override call(machine: Machine, _args: readonly Value[], _keywords: Keywords): Value {
    machine.note(`${this.typeName}(…) was not run: it is not known here`);
    return this.#part('(…)');
  }

  override decorate(machine: Machine, decorated: Value): Value {
    machine.note(`@${this.typeName} was taken to change nothing: it is not known here`);
    return decorated;
  }

  override binary(_machine: Machine, op: BinaryOperator, other: Value, reflected: boolean): Value {
    const name = other instanceof UnknownValue ? other.typeName : '…';
    return this.#part('', reflected ? `${name} ${op} ${this.typeName}` : `${this.typeName} ${op} ${name}`);
  }

  override compare(_machine: Machine, op: CompareOperator): Value {
    return this.#part('', `${this.typeName} ${op} …`);
  }

  override unary(): Value {
    return this.#part('', `-${this.typeName}`);
  }

  override getItem(): Value {
    return this.#part('[…]');
  }

  override setItem(machine: Machine): void {
    machine.note(`${this.typeName}[…] was not set: ${this.typeName} is not known here`);
  }

  override contains(): Value {
    return this.#part('', `… in ${this.typeName}`);
  }

  override iterate(machine: Machine): Iterable<Value> {
    throw this.#matters(machine, 'goes through it');
  }

  override length(machine: Machine): Value {
    throw this.#matters(machine, 'asks for its length');
  }

  override truth(machine: Machine): boolean {
    throw this.#matters(machine, 'depends on it');
  }

  override convert(machine: Machine, to: Conversion): Value {
    if (to === 'str') return this.repr();
    throw this.#matters(machine, `takes it as ${to}`);
  }

  override hasInstance(machine: Machine, value: Value): boolean {
    if (value instanceof UnknownValue) throw this.#matters(machine, 'asks for its class');
    return false;
  }

  override isInstanceOf(machine: Machine): boolean {
    throw this.#matters(machine, 'asks for its class');
  }

  override asBase(machine: Machine): PyClass {
    const make = new NativeFunction(this.typeName, 'cls, *args, **keywords', (_, [type]) => {
      const name = type instanceof PyClass ? type.name : this.typeName;
      throw machine.unknown(`${name} is derived from ${this.typeName}, which is not known here`);
    });
    return new PyClass(this.typeName, [machine.type('object')], [['__new__', make]]);
  }

  override repr(): string {
    return `<${this.typeName}>`;
  }

  /** The problem that it is used where it matters. */
  #matters(machine: Machine, how: string): Error {
    return machine.unknown(`${this.typeName} is not known here (${this.#origin}), and the source ${how}`);
  }

  #part(suffix: string, path = `${this.typeName}${suffix}`): UnknownValue {
    return new UnknownValue(path.length > 80 ? `${path.slice(0, 79)}…` : path, this.#origin);
  }
}
