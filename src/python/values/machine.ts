import type { BinaryOperator, CompareOperator, Place, UnaryOperator } from '../syntax';
import type { Key } from './dict';
import type { PyModule } from './module';
import type { Keywords, PyClass, PyObject, Value } from './object';

/**
 * What functions that are not written in Python can ask of the evaluator: the meaning of attributes, calls and
 * operators, and the budget. Errors are made here and thrown by who asks, `throw machine.error('TypeError', '…')`.
 */
export interface Machine {
  /** Counts work; throws `python_limit` when there was too much. */
  spend(steps: number): void;
  /** Counts elements that are made, before they are. */
  allocate(elements: number): void;
  /** Says that an object is about to change; throws where that would leak out of a side of an undecided branch. */
  touch(object: PyObject): void;
  /** A module by its full name, which is run if it was not yet; `null` for one that nobody knows. */
  module(name: string): PyModule | null;
  /** A built-in class by its name. */
  type(name: string): PyClass;
  typeOf(value: Value): PyClass;

  /** An exception of Python, which the program can catch. */
  error(type: string, message: string): Error;
  /** A Python exception object, or a class of them, on its way. */
  raise(exception: Value): Error;
  /** The problem that something is not known here; the program cannot catch it. */
  unknown(what: string): Error;
  /** The problem that something is too much. */
  limit(what: string): Error;
  /** Makes a class, as a class statement does. */
  makeClass(name: string, bases: readonly Value[], names: Map<string, Value>, keywords: Keywords): Value;
  /** The class that the running method stands in, and the object it was called on: what `super()` means. */
  method(): { type: PyClass; self: Value } | null;
  /** What is being evaluated. */
  place(): Place & { file: string; text: string };
  /** What the methods that are running were called on, the innermost first. */
  receivers(): Iterable<Value>;
  /** Keeps a remark with the place. */
  note(text: string): void;

  call(callee: Value, args: readonly Value[], keywords?: Keywords): Value;
  /** `object.name(args)`. */
  callMethod(object: Value, name: string, args: readonly Value[], keywords?: Keywords): Value;
  /** What the class of a value has under a name, which every object has not. */
  findSpecial(object: Value, name: string): Value | undefined;
  /** Calls what `findSpecial` finds; `undefined` where there is nothing. */
  callSpecial(object: Value, name: string, args: readonly Value[]): Value | undefined;
  getAttribute(object: Value, name: string): Value;
  /** The built-in ways of objects, past what their class defines: what `object.__setattr__` does. */
  plainSetAttribute(object: Value, name: string, value: Value): void;
  /** An attribute, or `undefined` where Python would raise an AttributeError. */
  findAttribute(object: Value, name: string): Value | undefined;
  setAttribute(object: Value, name: string, value: Value): void;
  deleteAttribute(object: Value, name: string): void;
  getItem(object: Value, key: Value): Value;
  setItem(object: Value, key: Value, value: Value): void;
  deleteItem(object: Value, key: Value): void;

  binary(op: BinaryOperator, left: Value, right: Value): Value;
  augmented(op: BinaryOperator, left: Value, right: Value): Value;
  unary(op: Exclude<UnaryOperator, 'not'>, value: Value): Value;
  compare(op: CompareOperator, left: Value, right: Value): Value;
  truth(value: Value): boolean;
  equals(left: Value, right: Value): boolean;
  isLess(left: Value, right: Value): boolean;
  contains(container: Value, item: Value): boolean;
  isInstance(value: Value, type: Value): boolean;
  length(value: Value): Value;

  /** The values of something, one after the other; each is a step. */
  iterate(value: Value): Iterable<Value>;
  /** All values of something. */
  list(value: Value): Value[];
  /** The next value of an iterator; `undefined` when there is none. */
  next(iterator: Value): Value | undefined;
  key(value: Value): Key;
  /** A whole number that fits an index; throws a TypeError for anything else. */
  index(value: Value): number;
  repr(value: Value): string;
  str(value: Value): string;
  format(value: Value, spec: string): string;
}
