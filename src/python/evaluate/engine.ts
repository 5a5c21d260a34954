import { AppError } from '../../core/problem';
import { makeBuiltins, makeClasses } from '../library';
import { objectMethods } from '../library/objects';
import type { BinaryOperator, CompareOperator, Place, UnaryOperator } from '../syntax';
import { PyList, PyRange, PyTuple } from '../values/containers';
import { PyDict, PySet, PyView, type Key } from '../values/dict';
import { Foreign } from '../values/foreign';
import { Instance, noKeywords, PyClass, PyObject, type Keywords, type Value } from '../values/object';
import { Raised, type RaisedAt } from '../values/raised';
import { UnknownValue } from '../values/unknown';
import * as attributes from './attributes';
import { makeClass } from './classes';
import type { Frame, Runtime } from './frame';
import type { Hooks } from './hooks';
import { call, callMethod, callSpecial } from './invoke';
import { iterate, listOf, next } from './iteration';
import type { Limits } from './limits';
import { augmented, binary, unary } from './operators/binary';
import { equals, keyOf, plain } from './operators/equality';
import { deleteItem, getItem, setItem } from './operators/items';
import { arithmetic, numeric } from './operators/numbers';
import { compare } from './operators/order';
import { characterCount } from './text/characters';
import { formatValue } from './text/format';
import { reprOf, strOf } from './text/repr';
import type { Imports } from './imports';

/** A remark about the evaluation: what was printed, left out or taken for granted, and where. */
export interface Note extends Place {
  file: string;
  text: string;
}

/** Remarks that are kept; a loop may print. */
const MAX_NOTES = 1000;
/** Frames that a problem lists. */
const MAX_FRAMES = 20;

/** The meaning of Python's operations, with the budget, the stack and the remarks of one evaluation. */
export class Engine implements Runtime {
  at: Place = { line: 1, column: 1 };
  frame: Frame | null = null;
  barrier = 0;
  readonly hooks: Hooks;
  readonly notes: Note[] = [];
  readonly objectMethods = objectMethods();
  imports: Imports | null = null;
  readonly #classes = makeClasses();
  readonly builtins = makeBuiltins(this.#classes);
  readonly #foreignClasses = new Map<string, PyClass>();
  readonly #limits: Limits;
  readonly #handled: Raised[] = [];
  #steps = 0;
  #elements = 0;
  #depth = 0;

  constructor(limits: Limits, hooks: Hooks) {
    this.#limits = limits;
    this.hooks = hooks;
  }

  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > this.#limits.steps) throw this.limit(`it takes more than ${this.#limits.steps} steps`);
  }

  allocate(elements: number): void {
    this.#elements += elements;
    this.spend(elements >> 4);
    if (this.#elements > this.#limits.elements)
      throw this.limit(`it makes more than ${this.#limits.elements} values`);
  }

  touch(object: PyObject): void {
    if (object.serial < this.barrier)
      throw this.unknown(
        'an object changes in a branch that only running the model decides, which is not known here',
      );
  }

  enter(frame: Frame): void {
    this.#depth += 1;
    if (this.#depth > this.#limits.depth) {
      this.#depth -= 1;
      throw this.limit(`functions call each other more than ${this.#limits.depth} times deep`);
    }
    frame.caller = this.frame;
    frame.calledFrom = this.at;
    this.frame = frame;
    this.spend(2);
  }

  leave(frame: Frame): void {
    if (this.frame !== frame) return;
    this.frame = frame.caller;
    this.at = frame.calledFrom ?? this.at;
    frame.caller = null;
    this.#depth -= 1;
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

  place(): Place & { file: string; text: string } {
    const { line, column } = this.at;
    const code = this.frame?.code;
    return { file: code?.file ?? '', line, column, text: (code?.lines[line - 1] ?? '').trim() };
  }

  error(type: string, message: string): Error {
    return this.raise(this.call(this.type(type), [message]));
  }

  raise(exception: Value): Error {
    this.spend(50);
    const made = exception instanceof PyClass ? this.call(exception, []) : exception;
    if (made instanceof Instance && made.subclass?.isDerivedFrom(this.type('BaseException')))
      return new Raised(made, this.#stack());
    if (made instanceof UnknownValue)
      return this.unknown(`${made.typeName} is raised, which is not known here`);
    return this.error('TypeError', 'exceptions must derive from BaseException');
  }

  #stack(): RaisedAt[] {
    const frames: RaisedAt[] = [];
    let place: Place | null = this.at;
    for (let frame = this.frame; frame && place && frames.length < MAX_FRAMES; frame = frame.caller) {
      const { where, file, lines } = frame.code;
      const { line, column } = place;
      frames.push({ where, file, line, column, text: (lines[line - 1] ?? '').trim() });
      place = frame.calledFrom;
    }
    return frames;
  }

  unknown(what: string): Error {
    return new AppError('python_unknown', { ...this.place(), what });
  }

  limit(what: string): Error {
    return new AppError('python_limit', { ...this.place(), what });
  }

  note(text: string): void {
    if (this.notes.length >= MAX_NOTES) return;
    const { file, line, column } = this.place();
    this.notes.push({ file, line, column, text });
  }

  handle(error: Raised): () => void {
    this.#handled.push(error);
    return () => {
      const at = this.#handled.lastIndexOf(error);
      if (at >= 0) this.#handled.splice(at, 1);
    };
  }

  handled(): Raised | null {
    return this.#handled.at(-1) ?? null;
  }

  method(): { type: PyClass; self: Value } | null {
    const type = this.frame?.classScope?.type;
    const self = this.frame?.slots[0];
    return type && self !== undefined ? { type, self } : null;
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
    switch (typeof value) {
      case 'boolean':
        return value;
      case 'bigint':
        return value !== 0n;
      case 'number':
        return value !== 0;
      case 'string':
        return value !== '';
      default:
        return value !== null && this.#objectTruth(value);
    }
  }

  #objectTruth(value: PyObject): boolean {
    if (value instanceof Foreign) {
      const holds = value.truth(this);
      if (holds === null)
        throw this.unknown(`only running the model tells whether ${value.repr(this)} holds`);
      return holds;
    }
    if (value.subclass) {
      const own = this.callSpecial(value, '__bool__', []);
      if (own !== undefined) return this.truth(own);
      const length = this.callSpecial(value, '__len__', []);
      if (length !== undefined) return this.truth(length);
      const content = plain(value);
      if (content !== value) return this.truth(content);
    }
    return sizeOf(value) !== 0n;
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
    if (typeof value === 'string') return BigInt(characterCount(value));
    if (value instanceof Foreign) return value.length(this);
    if (value instanceof PyObject) {
      const own = value.subclass ? this.callSpecial(value, '__len__', []) : undefined;
      if (own !== undefined) return own;
      const size = sizeOf(value);
      if (size !== undefined) return size;
      const content = plain(value);
      if (content !== value) return this.length(content);
    }
    const members = value instanceof PyClass ? value.find('__members__') : undefined;
    if (members instanceof PyDict) return BigInt(members.entries.size);
    throw this.error('TypeError', `object of type '${this.typeOf(value).name}' has no len()`);
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

/** How many values a container has; `undefined` for what is none. */
function sizeOf(value: PyObject): bigint | undefined {
  if (value instanceof PyList || value instanceof PyTuple) return BigInt(value.items.length);
  if (value instanceof PyDict || value instanceof PySet) return BigInt(value.entries.size);
  if (value instanceof PyView) return BigInt(value.dict.entries.size);
  return value instanceof PyRange ? value.length : undefined;
}
