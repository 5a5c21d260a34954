import type { Machine } from './machine';
import { noKeywords, PyObject, type Keywords, type Value } from './object';

/** What a native function does: it is given its parameters in their order, `undefined` for those not given. */
export type NativeRun = (machine: Machine, args: readonly (Value | undefined)[], keywords: Keywords) => Value;

/**
 * A function that is not written in Python. Its parameters are a text such as `'item, key?, *rest, **others'`: those
 * with `?` need not be given, all can be given by name. `rest` follows the other arguments; `others` is a map.
 */
export class NativeFunction extends PyObject {
  readonly kind = 'builtin_function_or_method';
  readonly name: string;
  readonly run: NativeRun;
  /** Whether a class gives it the object it was asked of, as its first argument. */
  readonly isMethod: boolean;
  readonly #names: readonly string[];
  readonly #required: number;
  readonly #takesRest: boolean;
  readonly #takesOthers: boolean;

  constructor(name: string, parameters: string, run: NativeRun, isMethod = false) {
    super();
    this.name = name;
    this.run = run;
    this.isMethod = isMethod;
    const all = parameters.split(', ').filter((parameter) => parameter !== '');
    const named = all.filter((parameter) => !parameter.startsWith('*'));
    this.#names = named.map((parameter) => parameter.replace('?', ''));
    this.#required = named.filter((parameter) => !parameter.endsWith('?')).length;
    this.#takesRest = all.some((parameter) => /^\*[^*]/.test(parameter));
    this.#takesOthers = all.some((parameter) => parameter.startsWith('**'));
  }

  /** Calls it; throws Python's TypeError for what it does not take. */
  call(machine: Machine, args: readonly Value[], keywords: Keywords): Value {
    const names = this.#names;
    if (args.length > names.length && !this.#takesRest)
      throw machine.error(
        'TypeError',
        `${this.name}() takes at most ${this.#count(names.length)} (${args.length - (this.isMethod ? 1 : 0)} given)`,
      );
    if (keywords.size === 0) {
      if (args.length < this.#required) throw this.#missing(machine, names[args.length] ?? '');
      return this.run(machine, args, noKeywords);
    }
    const given: (Value | undefined)[] = [...args];
    const others = new Map<string, Value>();
    for (const [name, value] of keywords) {
      const at = names.indexOf(name);
      if (at >= 0 && at >= args.length) {
        while (given.length <= at) given.push(undefined);
        given[at] = value;
      } else if (this.#takesOthers) others.set(name, value);
      else throw machine.error('TypeError', `${this.name}() got an unexpected keyword argument '${name}'`);
    }
    for (let at = 0; at < this.#required; at++)
      if (given[at] === undefined) throw this.#missing(machine, names[at] ?? '');
    return this.run(machine, given, others);
  }

  #missing(machine: Machine, name: string): Error {
    return machine.error('TypeError', `${this.name}() missing required argument '${name}'`);
  }

  #count(names: number): string {
    const count = names - (this.isMethod ? 1 : 0);
    return `${count} argument${count === 1 ? '' : 's'}`;
  }
}

/** A parameter of a function written in Python. */
export interface FunctionParameter {
  name: string;
  kind: 'plain' | 'rest' | 'others';
  /** What it is where it is not given; `undefined` where it has to be. */
  otherwise: Value | undefined;
  /** What it may be, where its annotation lists that: `Literal['mean', 'max']`, `bool`. */
  choices: readonly Value[];
}

/** A function written in Python, or what `functools` makes of one. */
export class PyFunction extends PyObject {
  readonly kind = 'function';
  name: string;
  readonly doc: string | null;
  readonly module: string;
  /** Binds the arguments and runs the body. */
  readonly invoke: (args: readonly Value[], keywords: Keywords) => Value;
  /** What `inspect.signature` would tell, in its order. */
  readonly parameters: readonly FunctionParameter[];

  constructor(
    name: string,
    invoke: (args: readonly Value[], keywords: Keywords) => Value,
    about: { doc?: string | null; module?: string; parameters?: readonly FunctionParameter[] } = {},
  ) {
    super();
    this.name = name;
    this.invoke = invoke;
    this.doc = about.doc ?? null;
    this.module = about.module ?? '';
    this.parameters = about.parameters ?? [];
  }
}

/** A function with the object that is its first argument. */
export class BoundMethod extends PyObject {
  readonly kind = 'method';
  readonly self: Value;
  readonly callee: Value;

  constructor(self: Value, callee: Value) {
    super();
    this.self = self;
    this.callee = callee;
  }
}

/** `@property` with its setter; one that keeps its first answer is a `cached_property`. */
export class Property extends PyObject {
  readonly kind = 'property';
  readonly getter: Value;
  readonly setter: Value;
  readonly cachedAs: string | null;

  constructor(getter: Value, setter: Value = null, cachedAs: string | null = null) {
    super();
    this.getter = getter;
    this.setter = setter;
    this.cachedAs = cachedAs;
  }
}

/** A function of a class that is given the class, or nothing, in place of the object. */
export class ClassFunction extends PyObject {
  readonly kind: 'classmethod' | 'staticmethod';
  readonly callee: Value;

  constructor(kind: 'classmethod' | 'staticmethod', callee: Value) {
    super();
    this.kind = kind;
    this.callee = callee;
  }
}
