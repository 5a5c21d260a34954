import { formatCount } from '../../core/format';
import { AppError } from '../../core/problem';
import type { Place } from '../syntax';
import type { PyClass, PyObject, Value } from '../values/object';
import type { Raised, RaisedAt } from '../values/raised';
import type { Code, Frame } from './frame';
import type { Hooks } from './hooks';
import type { Limits } from './limits';

/** A remark about the evaluation: what was printed, left out or taken for granted, and where. */
export interface Note extends Place {
  file: string;
  text: string;
}

/** Remarks that are kept; a loop may print. */
const MAX_NOTES = 1000;
/** Frames that a problem lists. */
const MAX_FRAMES = 20;

/** Where an evaluation is, what it has cost, and what there is to say about it. */
export abstract class Ledger {
  at: Place = { line: 1, column: 1 };
  frame: Frame | null = null;
  barrier = 0;
  readonly hooks: Hooks;
  readonly notes: Note[] = [];
  readonly #limits: Limits;
  readonly #handled: Raised[] = [];
  #steps = 0;
  #elements = 0;
  #depth = 0;
  /** What ran last, for sentences about what went wrong after it. */
  #last: Code | null = null;

  constructor(limits: Limits, hooks: Hooks) {
    this.#limits = limits;
    this.hooks = hooks;
  }

  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > this.#limits.steps)
      throw this.limit(`it takes more than ${formatCount(this.#limits.steps)} steps`);
  }

  allocate(elements: number): void {
    this.#elements += elements;
    this.spend(elements >> 4);
    if (this.#elements > this.#limits.elements)
      throw this.limit(`it makes more than ${formatCount(this.#limits.elements)} values`);
  }

  /** Gives the whole budget back. */
  renew(): void {
    this.#steps = 0;
    this.#elements = 0;
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
    this.#last = frame.code;
    this.spend(2);
  }

  leave(frame: Frame): void {
    if (this.frame !== frame) return;
    this.frame = frame.caller;
    this.at = frame.calledFrom ?? this.at;
    frame.caller = null;
    this.#depth -= 1;
  }

  place(): Place & { file: string; text: string } {
    let { at } = this;
    let code = this.frame?.code ?? this.#last;
    // What a library does on behalf of a program happened where the program called it.
    for (let { frame } = this; frame?.code.isLibrary && frame.caller; frame = frame.caller) {
      at = frame.calledFrom ?? at;
      ({ code } = frame.caller);
    }
    const { line, column } = at;
    return { file: code?.file ?? '', line, column, text: (code?.lines[line - 1] ?? '').trim() };
  }

  /** The frames that are running, the innermost first. */
  stack(): RaisedAt[] {
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

  *receivers(): Iterable<Value> {
    for (let { frame } = this; frame; frame = frame.caller) {
      const [self] = frame.slots;
      if (frame.classScope?.type && self !== undefined) yield self;
    }
  }

  method(): { type: PyClass; self: Value } | null {
    const type = this.frame?.classScope?.type;
    const self = this.frame?.slots[0];
    return type && self !== undefined ? { type, self } : null;
  }
}
