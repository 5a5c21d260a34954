import { AppError } from '../../../core/problem';
import { PyList, type Value } from '../../../python';
import { Gap } from '../../gap';
import type { Match } from './weights';

/** Tries a constructor with arguments: how its tensors fit. Throws what evaluating it throws. */
export type Attempt = (args: ReadonlyMap<string, Value>) => Match;

/** Constructors called for one class at most, and for how long. */
const MOST_TRIES = 600;
const MOST_MS = 3000;

/** Attempts that were made, each once, until there were enough of them. */
export class Trials {
  /** Why the first one that failed did. */
  failure: Error | null = null;
  readonly #attempt: Attempt;
  readonly #started = performance.now();
  readonly #made = new Map<string, Match | null>();

  constructor(attempt: Attempt) {
    this.#attempt = attempt;
  }

  /** Whether nothing more is tried. */
  get isSpent(): boolean {
    return this.#made.size >= MOST_TRIES || performance.now() - this.#started > MOST_MS;
  }

  /** How the tensors fit; `null` where the constructor refuses the arguments, or too much was tried. */
  run(args: ReadonlyMap<string, Value>): Match | null {
    const key = JSON.stringify(Array.from(args, ([name, value]) => [name, keyOf(value)]));
    const known = this.#made.get(key);
    if (known !== undefined || this.isSpent) return known ?? null;
    let fit: Match | null = null;
    try {
      fit = this.#attempt(args);
    } catch (thrown) {
      if (!(thrown instanceof Error) || !isRefusal(thrown)) throw thrown;
      this.failure ??= thrown;
    }
    this.#made.set(key, fit);
    return fit;
  }
}

function keyOf(value: Value): string {
  if (value instanceof PyList) return value.items.map(keyOf).join();
  return typeof value === 'object' && value !== null
    ? String(value.serial)
    : `${typeof value} ${String(value)}`;
}

/** A constructor may refuse numbers that are only tried; what goes on for ever is a problem of the source. */
function isRefusal(thrown: Error): boolean {
  const code = thrown instanceof AppError ? String(thrown.code) : '';
  return thrown instanceof Gap || code === 'python_unknown' || code === 'python_error';
}
