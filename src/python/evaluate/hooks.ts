import type { Place } from '../syntax';
import type { Foreign } from '../values/foreign';
import type { Value } from '../values/object';

/** How a piece of the program ended: fell through, returned, raised, or left a loop. */
export type Ending = 'falls' | 'returns' | 'raises' | 'breaks' | 'continues';

/** What running a piece of the program gave. */
export interface Outcome {
  ended: Ending;
  /** What was returned, the exception that was raised, or the value of an expression. */
  value: Value;
  /** The names that have another value than before. */
  assigned: ReadonlyMap<string, Value>;
}

/** A place of the program where only running the model tells how it goes on. */
interface Fork extends Place {
  file: string;
  text: string;
}

/** `if`, `a if b else c`, `and`, `or`: both sides can be run, each from what the names are before it. */
export interface Branch extends Fork {
  kind: 'statement' | 'expression';
  condition: Foreign;
  then: () => Outcome;
  otherwise: () => Outcome;
  /** What a name is before it; `undefined` where it has no value. */
  before: (name: string) => Value | undefined;
}

/** `while`, and `for` over something of unknown length. */
export interface Loop extends Fork {
  kind: 'while' | 'for';
  /** The condition before the first round, or what is gone through. */
  subject: Foreign;
  /** The names that the body gives values to, with what they are before the loop; `undefined` where they have none. */
  before: ReadonlyMap<string, Value | undefined>;
  /**
   * Runs the body once, with other values for those names, and for `for` with the item. `again` is the condition
   * afterwards.
   */
  round: (names: ReadonlyMap<string, Value>, item?: Value) => Outcome & { again: Value };
}

/**
 * What somebody who evaluates with foreign values decides. Without them, a condition that is not known is a problem.
 * What a side or a round changes in objects that were there before is a problem too.
 */
export interface Hooks {
  /** Decides a branch; the outcome becomes that of the whole. `null` leaves it undecided, which is a problem. */
  branch?(branch: Branch): Outcome | null;
  /** Decides a loop: the names after it. `null` leaves it undecided, which is a problem. */
  loop?(loop: Loop): ReadonlyMap<string, Value> | null;
}
