import { makeBuiltins, makeClasses } from '../library';
import { objectMethods } from '../library/objects';
import type { BinaryOperator, CompareOperator, UnaryOperator } from '../syntax';
import { PyTuple } from '../values/containers';
import type { Key } from '../values/dict';
import { Foreign } from '../values/foreign';
import { Instance, noKeywords, PyClass, type Keywords, type Value } from '../values/object';
import type { PyModule } from '../values/module';
import { Raised } from '../values/raised';
import { UnknownValue } from '../values/unknown';
import * as attributes from './attributes';
import { makeClass } from './classes';
import type { Runtime } from './frame';
import { call, callMethod, callSpecial } from './invoke';
import { iterate, listOf, next } from './iteration';
import { augmented, binary, unary } from './operators/binary';
import { equals, keyOf } from './operators/equality';
import { deleteItem, getItem, setItem } from './operators/items';
import { arithmetic, numeric } from './operators/numbers';
import { compare } from './operators/order';
import { lengthOf, truthOf } from './operators/size';
import { formatValue } from './text/format';
import { reprOf, strOf } from './text/repr';
import type { Imports } from './imports';
import { Ledger } from './ledger';

/** An exception takes the browser as long as so many steps: it writes down its own stack as well. */
const RAISE_STEPS = 200;

/** The meaning of Python's operations, with the budget, the stack and the remarks of one evaluation. */
export class Engine extends Ledger implements Runtime {
  readonly objectMethods = objectMethods();
  imports: Imports | null = null;
  readonly #classes = makeClasses();
  readonly builtins = makeBuiltins(this.#classes);
  readonly #foreignClasses = new Map<string, PyClass>();

  module(name: string): PyModule | null {
    return this.imports?.find(name) ?? null;
  }

  type(name: string): PyClass {
    const found = this.#classes.get(name);
    if (!found) throw this.unknown(`the class ${name} is not known here`);
    return found;
  }

  typeOf(value: Value): PyClass {
    switch (typeof value) {
      case 'bigint':
        return this.type('int');
      case 'number':
        return this.type('float');
      case 'string':
        return this.type('str');
      case 'boolean':
        return this.type('bool');
      default:
        if (value === null) return this.type('NoneType');
        return (
          value.subclass ?? (value instanceof Foreign ? this.#foreignClass(value) : this.type(value.kind))
        );
    }
  }

  /** A class for foreign values of a name, so that `type(a) == type(b)` can be asked. */
  #foreignClass({ typeName }: Foreign): PyClass {
    const known = this.#foreignClasses.get(typeName) ?? new PyClass(typeName, [this.type('object')]);
    this.#foreignClasses.set(typeName, known);
    return known;
  }

  builtin(name: string): Value | undefined {
    if (name === '__class__') return this.method()?.type;
    return this.builtins.get(name);
  }

  error(type: string, message: string): Error {
    return this.raise(this.call(this.type(type), [message]));
  }

  raise(exception: Value): Error {
    this.spend(RAISE_STEPS);
    const made = exception instanceof PyClass ? this.call(exception, []) : exception;
    if (made instanceof Instance && made.subclass?.isDerivedFrom(this.type('BaseException')))
      return new Raised(made, this.stack());
    if (made instanceof UnknownValue)
      return this.unknown(`${made.typeName} is raised, which is not known here`);
    return this.error('TypeError', 'exceptions must derive from BaseException');
  }

  makeClass(name: string, bases: readonly Value[], names: Map<string, Value>, keywords: Keywords): PyClass {
    return makeClass(this, name, bases, names, keywords);
  }

  importModule(name: string, level: number, isGuarded: boolean): Value {
    this.spend(10);
    return this.imports?.import(name, level, this.frame?.code.module ?? null, isGuarded) ?? null;
  }

  importMember(module: Value, name: string): Value {
    return this.imports?.member(module, name) ?? this.getAttribute(module, name);
  }

  publicNames(module: Value): ReadonlyMap<string, Value> {
    return this.imports?.publicNames(module) ?? new Map<string, Value>();
  }

  call(callee: Value, args: readonly Value[], keywords = noKeywords): Value {
    return call(this, callee, args, keywords);
  }

  callMethod(object: Value, name: string, args: readonly Value[], keywords = noKeywords): Value {
    return callMethod(this, object, name, args, keywords);
  }

  findSpecial(object: Value, name: string): Value | undefined {
    return this.typeOf(object).find(name);
  }

  callSpecial(object: Value, name: string, args: readonly Value[]): Value | undefined {
    return callSpecial(this, object, name, args);
  }

  getAttribute(object: Value, name: string): Value {
    const found = attributes.findAttribute(this, object, name);
    if (found === undefined) throw attributes.noAttribute(this, object, name);
    return found;
  }

  findAttribute(object: Value, name: string): Value | undefined {
    try {
      return attributes.findAttribute(this, object, name);
    } catch (error) {
      if (error instanceof Raised && this.isInstance(error.exception, this.type('AttributeError')))
        return undefined;
      throw error;
    }
  }

  setAttribute(object: Value, name: string, value: Value): void {
    attributes.setAttribute(this, object, name, value);
  }

  plainSetAttribute(object: Value, name: string, value: Value): void {
    attributes.plainSetAttribute(this, object, name, value);
  }

  deleteAttribute(object: Value, name: string): void {
    attributes.deleteAttribute(this, object, name);
  }

  getItem(object: Value, key: Value): Value {
    return getItem(this, object, key);
  }

  setItem(object: Value, key: Value, value: Value): void {
    setItem(this, object, key, value);
  }

  deleteItem(object: Value, key: Value): void {
    deleteItem(this, object, key);
  }

  binary(op: BinaryOperator, left: Value, right: Value): Value {
    if (typeof left === 'bigint' && typeof right === 'bigint')
      return arithmetic(this, op, left, right) ?? binary(this, op, left, right);
    return binary(this, op, left, right);
  }

  augmented(op: BinaryOperator, left: Value, right: Value): Value {
    return augmented(this, op, left, right);
  }

  unary(op: Exclude<UnaryOperator, 'not'>, value: Value): Value {
    return unary(this, op, value);
  }

  compare(op: CompareOperator, left: Value, right: Value): Value {
    return compare(this, op, left, right);
  }

  decide(value: Value): boolean | Foreign {
    if (typeof value === 'boolean') return value;
    if (value instanceof Foreign) return value.truth(this) ?? value;
    return this.truth(value);
  }

  truth(value: Value): boolean {
    return truthOf(this, value);
  }

  equals(left: Value, right: Value): boolean {
    return equals(this, left, right);
  }

  isLess(left: Value, right: Value): boolean {
    return this.truth(compare(this, '<', left, right));
  }

  contains(container: Value, item: Value): boolean {
    return this.truth(compare(this, 'in', item, container));
  }

  isInstance(value: Value, type: Value): boolean {
    if (type instanceof PyTuple) return type.items.some((one) => this.isInstance(value, one));
    if (value instanceof Foreign) {
      const own = value.isInstanceOf(this, type);
      if (own !== undefined) return own;
    }
    if (type instanceof PyClass) return this.typeOf(value).isDerivedFrom(type);
    if (type instanceof Foreign) return type.hasInstance(this, value);
    throw this.error('TypeError', 'isinstance() arg 2 must be a type, a tuple of types, or a union');
  }

  length(value: Value): Value {
    return lengthOf(this, value);
  }

  iterate(value: Value): Iterable<Value> {
    return iterate(this, value);
  }

  list(value: Value): Value[] {
    return listOf(this, value);
  }

  next(iterator: Value): Value | undefined {
    return next(this, iterator);
  }

  key(value: Value): Key {
    return keyOf(this, value);
  }

  index(value: Value): number {
    const number = numeric(value);
    if (typeof number === 'bigint') {
      if (number > LARGEST) return Number(LARGEST);
      return number < -LARGEST ? -Number(LARGEST) : Number(number);
    }
    if (value instanceof Foreign) {
      const converted = value.convert(this, 'int');
      if (typeof converted === 'bigint') return this.index(converted);
      throw this.unknown(`only running the model tells the number ${value.repr(this)}`);
    }
    const own = this.callSpecial(value, '__index__', []);
    if (own !== undefined) return this.index(own);
    throw this.error('TypeError', `'${this.typeOf(value).name}' object cannot be interpreted as an integer`);
  }

  repr(value: Value): string {
    return reprOf(this, value);
  }

  str(value: Value): string {
    return strOf(this, value);
  }

  format(value: Value, spec: string): string {
    return formatValue(this, value, spec);
  }
}

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);
