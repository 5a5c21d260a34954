import { eitherOf } from './known';
import { unknown, type Known } from './op';

/** Rounds after which states that still change are taken for anything; a dimension at a time may give way. */
const MAX_ROUNDS = 6;

/**
 * What is known of the states of a loop after any number of rounds, and of what each round gives besides. `round`
 * infers one round from the states before it: the states after it, then the rest; `null` where it cannot be followed.
 */
export function settled(
  first: readonly Known[],
  round: (states: readonly Known[]) => readonly Known[] | null,
): { states: Known[]; outputs: readonly Known[] } {
  let states = [...first];
  for (let count = 1; ; count++) {
    const given = round(states);
    if (given === null) return { states: states.map(({ dtype }) => ({ ...unknown, dtype })), outputs: [] };
    const next = states.map((state, at) => eitherOf(state, given[at] ?? unknown));
    if (next.every((state, at) => isSame(state, states[at]))) {
      return { states: next, outputs: given.slice(states.length) };
    }
    states = count < MAX_ROUNDS ? next : next.map(({ dtype }) => ({ ...unknown, dtype }));
  }
}

function isSame(a: Known, b: Known | undefined): boolean {
  return (
    b !== undefined &&
    a.dtype === b.dtype &&
    (a.shape === null) === (b.shape === null) &&
    (a.shape === null || a.shape.every((dim, at) => dim === b.shape?.[at])) &&
    ((a.elements ?? null) === null) === ((b.elements ?? null) === null) &&
    (!a.elements || a.elements.every((value, at) => value === b.elements?.[at])) &&
    JSON.stringify(a.type ?? null) === JSON.stringify(b.type ?? null)
  );
}
