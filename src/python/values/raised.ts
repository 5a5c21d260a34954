import type { Instance } from './object';

/** A frame of the program's stack when something was raised. */
export interface RaisedAt {
  /** `Net.forward`, or the name of the module. */
  where: string;
  file: string;
  line: number;
  column: number;
  text: string;
}

/** An exception of Python on its way through the evaluator. */
export class Raised extends Error {
  readonly exception: Instance;
  /** The frames it was raised in, the innermost first. */
  readonly frames: readonly RaisedAt[];

  constructor(exception: Instance, stack: readonly RaisedAt[]) {
    super('a Python exception');
    this.exception = exception;
    this.frames = stack;
  }
}
