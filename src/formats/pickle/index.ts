import type { Value } from '../../core/checkpoint';
import { AppError } from '../../core/problem';
import { Machine, PickleEnds, type Limits } from './machine';
import { operations } from './operations';
import type { Scope } from './scope';

/** What a pickle holds, and where the next one would begin. */
export interface Unpickled {
  value: Value;
  end: number;
}

const STOP = 0x2e;

/**
 * Reads one pickle of any protocol from `start` on, running nothing: calls that the scope does not allow become
 * inert objects, and are reported in `scope.findings` where Python would have run something. Throws `file_damaged`,
 * and `PickleEnds` where the bytes end first.
 */
export function unpickle(
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
  scope: Scope,
  limits?: Partial<Limits>,
): Unpickled {
  const machine = new Machine(bytes, start, scope, limits);
  for (;;) {
    const code = machine.byte();
    if (code === STOP) return { value: machine.pop(), end: machine.at };
    const operation = operations[code];
    if (operation === undefined) throw machine.damaged(`it has no instruction 0x${code.toString(16)}`);
    operation(machine);
  }
}

/** `unpickle` of bytes that are all there are; a pickle that goes on is `file_truncated`. */
export function unpickleWhole(bytes: Uint8Array<ArrayBuffer>, start: number, scope: Scope): Unpickled {
  try {
    return unpickle(bytes, start, scope);
  } catch (error) {
    if (error instanceof PickleEnds) throw endsEarly(error, bytes.length, scope);
    throw error;
  }
}

/** The problem of a pickle whose file ends before it does. */
function endsEarly({ needed }: PickleEnds, found: number, { file, part }: Scope): AppError {
  return new AppError('file_truncated', { file, place: part, expected: needed, found });
}
