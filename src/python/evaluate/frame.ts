import type { Place } from '../syntax';
import type { Foreign } from '../values/foreign';
import type { Machine } from '../values/machine';
import { nextSerial, type PyClass, type Value } from '../values/object';
import type { Raised } from '../values/raised';
import type { Hooks } from './hooks';

/** What the statements of one source or function share. */
export interface Code {
  /** `Net.forward`, or the name of the module. */
  readonly where: string;
  readonly file: string;
  readonly lines: readonly string[];
  readonly module: string;
  /** Whether it is written here rather than by who wrote the program. */
  readonly isLibrary: boolean;
  /** The names of the module. */
  readonly globals: Map<string, Value>;
}

/** The class whose body holds a function: what `super()` without arguments begins behind. */
export interface ClassScope {
  type: PyClass | null;
}

/** One run of a module, a class body, a function or a comprehension. */
export class Frame {
  readonly code: Code;
  /** The frame of the text around it. */
  readonly outer: Frame | null;
  /** The frame that called it. */
  caller: Frame | null = null;
  /** Where it is when it calls another. */
  calledFrom: Place | null = null;
  /** The values of a function's names, in the order of its scope. */
  slots: (Value | undefined)[];
  /** The names of a module or a class body. */
  readonly names: Map<string, Value> | null;
  readonly classScope: ClassScope | null;
  /** What tells it from frames that were there before a branch. */
  readonly born = nextSerial();
  /** What `return` gives. */
  returned: Value = null;

  constructor(
    code: Code,
    outer: Frame | null,
    size: number,
    names: Map<string, Value> | null = null,
    classScope: ClassScope | null = outer?.classScope ?? null,
  ) {
    this.code = code;
    this.outer = outer;
    this.slots = new Array<Value | undefined>(size).fill(undefined);
    this.names = names;
    this.classScope = classScope;
  }
}

/** What evaluating needs besides what native functions may ask. */
export interface Runtime extends Machine {
  /** What is being evaluated. */
  at: Place;
  frame: Frame | null;
  readonly hooks: Hooks;
  /** Objects and frames with a smaller number were there before the undecided branch that is being run; 0 outside. */
  barrier: number;
  /** Begins and ends the run of a frame. */
  enter(frame: Frame): void;
  leave(frame: Frame): void;
  /** A name that no scope has; `undefined` where Python does not have it either. */
  builtin(name: string): Value | undefined;
  /** A module by its full name, or by its name from where it is imported; `null` where there is none. */
  importModule(name: string, level: number, isGuarded: boolean): Value;
  /** `from module import name`. */
  importMember(module: Value, name: string): Value;
  /** The names that `from module import *` brings. */
  publicNames(module: Value): ReadonlyMap<string, Value>;
  /** Whether a value holds; the value itself where only running the model tells. */
  decide(value: Value): boolean | Foreign;
  /** Has an exception at hand for a bare `raise`, until what comes back is called. */
  handle(error: Raised): () => void;
  /** The exception that is being handled. */
  handled(): Raised | null;
}
