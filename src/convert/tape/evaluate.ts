import type { Factor, Size } from './size';

/** The number that a size is when its symbols stand for these; throws where one has none. */
export function evaluate(size: Size, symbols: Readonly<Record<string, number>>): number {
  if (typeof size === 'number') return size;
  return size.terms.reduce(
    (sum, { count, factors }) =>
      sum + factors.reduce((product, factor) => product * valueOf(factor, symbols), count),
    0,
  );
}

function valueOf({ text, made }: Factor, symbols: Readonly<Record<string, number>>): number {
  if (made === null) {
    const value = symbols[text];
    if (value === undefined) throw new RangeError(`The size ${text} stands for no number.`);
    return value;
  }
  const [a, b] = [evaluate(made.a, symbols), evaluate(made.b, symbols)];
  switch (made.how) {
    case 'floor':
      return Math.floor(a / b);
    case 'mod':
      return a - Math.floor(a / b) * b;
    case 'max':
      return Math.max(a, b);
    case 'min':
      return Math.min(a, b);
  }
}
