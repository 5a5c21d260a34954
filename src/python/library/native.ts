import { NativeFunction, Property, type NativeRun } from '../values/callable';
import type { Machine } from '../values/machine';
import type { Keywords, PyClass, Value } from '../values/object';

/** Names, each with its parameters as `NativeFunction` takes them, and what it does. */
export type Functions = Record<string, readonly [parameters: string, run: NativeRun]>;

/** The same of methods: they are given the object first, as what it must be. */
export type Methods<T> = Record<
  string,
  readonly [
    parameters: string,
    run: (machine: Machine, self: T, args: readonly (Value | undefined)[], keywords: Keywords) => Value,
  ]
>;

/** Functions as members of a module or of the built-in names. */
export function functions(table: Functions): [string, Value][] {
  return Object.entries(table).map(([name, [parameters, run]]) => [
    name,
    new NativeFunction(name, parameters, run),
  ]);
}

/** Gives a class methods; `self` makes sure that they are called with what they are for. */
export function addMethods<T>(
  type: PyClass,
  self: (machine: Machine, value: Value) => T,
  table: Methods<T>,
): void {
  for (const [name, [parameters, run]] of Object.entries(table)) {
    const all = parameters === '' ? 'self' : `self, ${parameters}`;
    const method: NativeRun = (machine, [value = null, ...args], keywords) =>
      run(machine, self(machine, value), args, keywords);
    type.own.set(name, new NativeFunction(name, all, method, true));
  }
}

/** Gives a class attributes that are read only. */
export function addProperties<T>(
  type: PyClass,
  self: (machine: Machine, value: Value) => T,
  table: Record<string, (self: T, machine: Machine) => Value>,
): void {
  for (const [name, read] of Object.entries(table)) {
    const getter = new NativeFunction(name, 'self', (machine, [value = null]) =>
      read(self(machine, value), machine),
    );
    type.own.set(name, new Property(getter));
  }
}

/** What makes an object of a class: `__new__`, given the class first. */
export function setMaker(type: PyClass, parameters: string, run: NativeRun): void {
  type.own.set(
    '__new__',
    new NativeFunction(type.name, parameters === '' ? 'cls' : `cls, ${parameters}`, run),
  );
}

/** Makes sure that a method is called with an object of the class it is for. */
export function selfAs<T extends Value>(
  name: string,
  isSelf: (value: Value) => value is T,
): (machine: Machine, value: Value) => T {
  return (machine, value) => {
    if (isSelf(value)) return value;
    throw machine.error(
      'TypeError',
      `descriptor requires a '${name}' object but received '${machine.typeOf(value).name}'`,
    );
  };
}

/** A text, or the TypeError that it is none. */
export function textOf(machine: Machine, value: Value | undefined, what: string): string {
  if (typeof value === 'string') return value;
  throw machine.error('TypeError', `${what} must be str, not ${machine.typeOf(value ?? null).name}`);
}
