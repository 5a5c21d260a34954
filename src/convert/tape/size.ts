/** A size: a number, or an expression over sizes that are known only when the model runs. */
export type Size = number | SymInt;

/**
 * A whole number that is known only when the model runs: a polynomial over symbols, quotients and the like, in one
 * normal form, so that equal expressions have equal texts. `symint.ts` calculates with them.
 */
export class SymInt {
  readonly terms: readonly Term[];
  /** `2*batch*length - 1`; names the size in the shapes of a graph. */
  readonly text: string;

  constructor(terms: readonly Term[]) {
    this.terms = terms;
    this.text = textOf(terms);
  }
}

/** A part of a sum: a number times symbols and quotients, in the order of their texts. */
export interface Term {
  count: number;
  factors: readonly Factor[];
}

/** What cannot be taken apart further: a symbol, or a function of two sizes. */
export interface Factor {
  text: string;
  made: { how: 'floor' | 'mod' | 'max' | 'min'; a: Size; b: Size } | null;
}

/** A size as the shapes of a graph say it. */
export function dimOf(size: Size): number | string {
  return typeof size === 'number' ? size : size.text;
}

/** The names that a size is made of. */
export function namesIn(size: Size): string[] {
  if (typeof size === 'number') return [];
  const factors = size.terms.flatMap((term) => term.factors);
  const names = factors.flatMap(({ text, made }) => (made ? [made.a, made.b].flatMap(namesIn) : [text]));
  return [...new Set(names)];
}

function textOf(terms: readonly Term[]): string {
  return terms
    .map(({ count, factors }, at) => {
      const sign = at === 0 ? (count < 0 ? '-' : '') : count < 0 ? ' - ' : ' + ';
      const size = Math.abs(count);
      const number = size === 1 && factors.length > 0 ? [] : [String(size)];
      return sign + [...number, ...factors.map(({ text }) => text)].join('*');
    })
    .join('');
}
