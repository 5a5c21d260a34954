import { SymInt, type Factor, type Size, type Term } from './size';

/** A size with a name. */
export function symbol(name: string): SymInt {
  return new SymInt([{ count: 1, factors: [{ text: name, made: null }] }]);
}

/** `a + b`. */
export function plus(a: Size, b: Size): Size {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  return normal([...termsOf(a), ...termsOf(b)]);
}

/** `a - b`. */
export function minus(a: Size, b: Size): Size {
  return plus(a, times(b, -1));
}

/** `a * b`. */
export function times(a: Size, b: Size): Size {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  return normal(termsOf(a).flatMap((left) => termsOf(b).map((right) => timesTerm(left, right))));
}

/** The product of sizes; 1 of none. */
export function productOf(sizes: readonly Size[]): Size {
  return sizes.reduce<Size>(times, 1);
}

/** `a // b`, rounded down. */
export function floorDivide(a: Size, b: Size): Size {
  if (typeof a === 'number' && typeof b === 'number') return Math.floor(a / b);
  if (b === 1) return a;
  const exact = quotient(a, b);
  if (exact !== null) return exact;
  if (typeof b === 'number') {
    const whole = normal(
      termsOf(a).map(({ count, factors }) => ({ count: Math.floor(count / b) * b, factors })),
    );
    if (whole !== 0) return plus(floorDivide(whole, b), floorDivide(minus(a, whole), b));
    const [only] = termsOf(a);
    const inner =
      termsOf(a).length === 1 && only?.count === 1 && only.factors.length === 1 && only.factors[0];
    if (inner && inner.made?.how === 'floor' && typeof inner.made.b === 'number') {
      return floorDivide(inner.made.a, inner.made.b * b);
    }
  }
  return compound('floor', a, b);
}

/** `a // b`, rounded up. */
export function ceilDivide(a: Size, b: number): Size {
  return floorDivide(plus(a, b - 1), b);
}

/** `a % b`, at least 0. */
export function modulo(a: Size, b: Size): Size {
  if (typeof a === 'number' && typeof b === 'number') return a - Math.floor(a / b) * b;
  if (quotient(a, b) !== null) return 0;
  if (typeof b !== 'number') return compound('mod', a, b);
  const rest = normal(
    termsOf(a).map(({ count, factors }) => ({ count: count - Math.floor(count / b) * b, factors })),
  );
  return typeof rest === 'number' ? rest % b : compound('mod', rest, b);
}

/** The larger of two. */
export function larger(a: Size, b: Size): Size {
  const difference = minus(a, b);
  if (typeof difference === 'number') return difference >= 0 ? a : b;
  return textOfSize(a) < textOfSize(b) ? compound('max', a, b) : compound('max', b, a);
}

/** The smaller of two. */
export function smaller(a: Size, b: Size): Size {
  const difference = minus(a, b);
  if (typeof difference === 'number') return difference <= 0 ? a : b;
  return textOfSize(a) < textOfSize(b) ? compound('min', a, b) : compound('min', b, a);
}

/** Whether two sizes are the same whatever their symbols stand for. */
export function isSame(a: Size | undefined, b: Size | undefined): boolean {
  if (typeof a === 'object' && typeof b === 'object') return a.text === b.text;
  return a === b;
}

/** `a / b` where that is whole whatever the symbols stand for; `null` where it is not. */
export function quotient(a: Size, b: Size): Size | null {
  if (b === 0) return null;
  const [lead, ...more] = termsOf(b);
  if (lead === undefined) return null;
  let left = a;
  let result: Size = 0;
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    if (left === 0) return result;
    const [first] = termsOf(left);
    const part = first && termQuotient(first, lead);
    if (!part) return null;
    result = plus(result, normal([part]));
    left = normal([
      ...termsOf(left),
      ...[lead, ...more].map((term) => timesTerm(timesTerm(term, part), minusOne)),
    ]);
  }
  return null;
}

/** Long division of the polynomials that shapes make ends in a few steps; more means it never will. */
const MOST_ROUNDS = 32;

const minusOne: Term = { count: -1, factors: [] };

function termQuotient(a: Term, b: Term): Term | null {
  if (a.count % b.count !== 0) return null;
  const factors = [...a.factors];
  for (const factor of b.factors) {
    const at = factors.findIndex(({ text }) => text === factor.text);
    if (at < 0) return null;
    factors.splice(at, 1);
  }
  return { count: a.count / b.count, factors };
}

function compound(how: NonNullable<Factor['made']>['how'], a: Size, b: Size): SymInt {
  const [left, right] = [textOfSize(a), textOfSize(b)];
  const infix = { floor: '//', mod: '%', max: null, min: null }[how];
  const text =
    infix === null ? `${how}(${left}, ${right})` : `(${grouped(a, left)}${infix}${grouped(b, right)})`;
  return new SymInt([{ count: 1, factors: [{ text, made: { how, a, b } }] }]);
}

/** In brackets where it is a sum or a product. */
function grouped(size: Size, text: string): string {
  return typeof size === 'object' && /[ *]/.test(text) ? `(${text})` : text;
}

function termsOf(size: Size): readonly Term[] {
  if (typeof size === 'object') return size.terms;
  return size === 0 ? [] : [{ count: size, factors: [] }];
}

/** Terms with the same factors added up, in one order: the most factors first. */
function normal(terms: readonly Term[]): Size {
  const sums = new Map<string, Term>();
  for (const term of terms) {
    const key = term.factors.map(({ text }) => text).join('*');
    sums.set(key, { ...term, count: term.count + (sums.get(key)?.count ?? 0) });
  }
  const kept = [...sums]
    .filter(([, { count }]) => count !== 0)
    .sort(([a, x], [b, y]) => y.factors.length - x.factors.length || compareText(a, b))
    .map(([, term]) => term);
  const [only] = kept;
  if (only === undefined) return 0;
  return kept.length === 1 && only.factors.length === 0 ? only.count : new SymInt(kept);
}

function textOfSize(size: Size): string {
  return typeof size === 'number' ? String(size) : size.text;
}

/** The product of two terms. */
function timesTerm(a: Term, b: Term): Term {
  const factors = [...a.factors, ...b.factors].sort((x, y) => compareText(x.text, y.text));
  return { count: a.count * b.count, factors };
}

/** An order of texts that is the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
