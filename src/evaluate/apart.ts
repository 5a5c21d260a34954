/** How far two lists of numbers are apart. */
export interface Apart {
  /** Largest absolute difference; infinite where one is NaN or infinite and the other is not, or where lengths differ. */
  largest: number;
  /** The same, divided by the largest finite number of the first list where that is over 1. */
  relative: number;
  /** Whether the largest number stands in the same place. */
  sameWinner: boolean;
}

/** Compares number by number; NaN is like NaN, an infinity like itself. */
export function apart(a: ArrayLike<number>, b: ArrayLike<number>): Apart {
  if (a.length !== b.length) return { largest: Infinity, relative: Infinity, sameWinner: false };
  let largest = 0;
  let scale = 1;
  let winnerA = 0;
  let winnerB = 0;
  for (let i = 0; i < a.length; i += 1) {
    const left = a[i] ?? NaN;
    const right = b[i] ?? NaN;
    if (!Object.is(left, right) && left !== right) {
      const delta = Math.abs(left - right);
      largest = Number.isNaN(delta) ? Infinity : Math.max(largest, delta);
    }
    if (Number.isFinite(left)) scale = Math.max(scale, Math.abs(left));
    if (left > (a[winnerA] ?? NaN)) winnerA = i;
    if (right > (b[winnerB] ?? NaN)) winnerB = i;
  }
  return { largest, relative: largest / scale, sameWinner: winnerA === winnerB };
}
