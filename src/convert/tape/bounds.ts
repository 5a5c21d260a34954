import type { Factor, Size } from './size';

/** The least and the most that a size can be. */
export type Bounds = readonly [least: number, most: number];

/** What a size can be, when every symbol is at least what `leastOf` says of it. Wider than the truth at times. */
export function boundsOf(size: Size, leastOf: (symbol: string) => number): Bounds {
  if (typeof size === 'number') return [size, size];
  return size.terms
    .map(({ count, factors }) =>
      factors.map((factor) => factorBounds(factor, leastOf)).reduce(product, [count, count]),
    )
    .reduce(([least, most], [a, b]) => [least + a, most + b]);
}

function factorBounds({ text, made }: Factor, leastOf: (symbol: string) => number): Bounds {
  if (made === null) return [leastOf(text), Infinity];
  const [a, b] = [boundsOf(made.a, leastOf), boundsOf(made.b, leastOf)];
  switch (made.how) {
    case 'max':
      return [Math.max(a[0], b[0]), Math.max(a[1], b[1])];
    case 'min':
      return [Math.min(a[0], b[0]), Math.min(a[1], b[1])];
    case 'mod':
      return b[0] > 0 ? [0, b[1] - 1] : anything;
    case 'floor':
      return b[0] > 0 ? [Math.min(rounded(a[0], b[0]), rounded(a[0], b[1])), upper(a[1], b)] : anything;
  }
}

const anything: Bounds = [-Infinity, Infinity];

function upper(a: number, b: Bounds): number {
  return Math.max(rounded(a, b[0]), rounded(a, b[1]));
}

/** `a // b`; nothing is so large that dividing by it gives less than 0 of what is above it. */
function rounded(a: number, b: number): number {
  if (b === Infinity) return a < 0 ? -1 : 0;
  return Math.floor(a / b);
}

function product(a: Bounds, b: Bounds): Bounds {
  const all = a.flatMap((x) => b.map((y) => (x === 0 || y === 0 ? 0 : x * y)));
  return [Math.min(...all), Math.max(...all)];
}
