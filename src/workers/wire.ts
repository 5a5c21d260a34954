/** Carries an `AppError`'s code and detail across comlink, which keeps only name, message and stack. */
import { proxy, transferHandlers, type TransferHandler } from 'comlink';
import { toError, toProblem, type Problem } from '../core/problem';

interface Thrown {
  value: unknown;
}

/** Comlink's own handler for thrown values, replaced; call once on both sides before the first message. */
export function carryProblems(): void {
  const original = transferHandlers.get('throw') as TransferHandler<Thrown, unknown> | undefined;
  if (!original) return;
  transferHandlers.set('throw', {
    canHandle: (value): value is Thrown => original.canHandle(value),
    serialize: ({ value }) => [toProblem(value), []],
    deserialize: (problem) => {
      throw toError(problem as Problem);
    },
  } satisfies TransferHandler<Thrown, unknown>);
}

/** A progress listener that a worker may call; must be the last argument of its own, comlink looks no deeper. */
export function listen<T>(listener: (value: T) => void): (value: T) => void {
  // Whatever the listener gives back stays here: it could not cross.
  return proxy((value) => {
    listener(value);
  });
}
