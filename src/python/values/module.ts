import type { PyClass } from './object';
import { PyObject, type Value } from './object';

/** A module: its name, and what stands in it. */
export class PyModule extends PyObject {
  readonly kind = 'module';
  readonly name: string;
  readonly members: Map<string, Value>;
  /** What stands for a member that is not there; nothing unless it is known only in part. */
  missing: ((name: string) => Value | undefined) | null = null;

  constructor(name: string, members: Iterable<readonly [string, Value]> = []) {
    super();
    this.name = name;
    this.members = new Map(members);
  }
}

/** `super()`: attributes are looked for in the classes behind one. */
export class PySuper extends PyObject {
  readonly kind = 'super';
  readonly self: Value;
  readonly candidates: readonly PyClass[];

  constructor(self: Value, candidates: readonly PyClass[]) {
    super();
    this.self = self;
    this.candidates = candidates;
  }
}
