import type { FunctionParameter, Value } from '../../../python';
import { othersFor, PROBES } from './candidates';
import type { Argument } from './arguments';
import type { Trials } from './trials';
import { isExact, type Match } from './weights';

/** An argument's fit with another value. */
type Tried = (changes: Iterable<readonly [string, Value]>) => Match | null;

/** Says of arguments that fit which of them the weights tell, and which would fit with other values too. */
export function judge(
  args: readonly Argument[],
  parameters: readonly FunctionParameter[],
  numbers: readonly bigint[],
  trials: Trials,
): Argument[] {
  const values = args.map(({ name, value }) => [name, value] as const);
  const tried: Tried = (changes) => trials.run(new Map([...values, ...changes]));
  const exact = tried([]);
  if (exact === null) return [...args];
  const judged = args.map((argument): Argument => {
    if (argument.setting !== null) return argument;
    const { name, value, choices } = argument;
    const near = typeof value === 'bigint' && choices.length === 0 ? [value * 2n, value + 1n] : [];
    // The first other value that can be tried tells; where none can, nothing is known of it.
    for (const other of [...near, ...othersFor(value, choices, numbers)].slice(0, PROBES)) {
      const fit = tried([[name, other]]);
      if (fit !== null) return isExact(fit) ? argument : { ...argument, certainty: 'told' };
    }
    return argument;
  });
  const products = productsAmong(judged, exact, tried, trials);
  const hasDefault = new Set(
    parameters.flatMap(({ name, otherwise }) => (otherwise === undefined ? [] : [name])),
  );
  return judged.map((argument) => {
    const partners = products.get(argument.name) ?? [];
    if (partners.length === 0) return argument;
    const members = [argument, ...judged.filter(({ name }) => partners.includes(name))];
    const usual = members.filter(({ name }) => hasDefault.has(name));
    // A default that the sizes refuse makes the other's doubtful too.
    const isUsual = usual.length > 0 && usual.every(({ origin }) => origin === 'default');
    return { ...argument, partners, certainty: isUsual ? 'assumed' : 'asked' };
  });
}

/** Whole numbers of which the sizes tell only the product, such as heads and the width of each: name to names. */
function productsAmong(
  judged: readonly Argument[],
  exact: Match,
  tried: Tried,
  trials: Trials,
): Map<string, string[]> {
  const factors = judged.flatMap(({ name, value, setting, choices, certainty }) => {
    if (setting !== null || choices.length > 0 || certainty !== 'told') return [];
    if (typeof value !== 'bigint' || value < 1n) return [];
    const fit = tried([[name, value * 2n]]) ?? tried([[name, value + 1n]]);
    return fit === null ? [] : [{ name, value, changed: changedBy(exact, fit) }];
  });
  const products = new Map<string, string[]>();
  for (const [at, one] of factors.entries()) {
    for (const other of factors.slice(at + 1)) {
      if (one.changed !== other.changed) continue;
      const [up, down] = [primeFactor(other.value), primeFactor(one.value)];
      const exchanges = [
        ...(up === 1n ? [] : [[one.value * up, other.value / up] as const]),
        ...(down === 1n ? [] : [[one.value / down, other.value * down] as const]),
      ];
      const fits = exchanges.some(([first, second]) => {
        const fit = tried([
          [one.name, first],
          [other.name, second],
        ]);
        return fit === null ? trials.isSpent : isExact(fit);
      });
      if (!fits) continue;
      products.set(one.name, [...(products.get(one.name) ?? []), other.name]);
      products.set(other.name, [...(products.get(other.name) ?? []), one.name]);
    }
  }
  return products;
}

/** The sizes that differ, as one text that can be compared. */
function changedBy(exact: Match, { sizes }: Match): string {
  const changed = Array.from(exact.sizes, ([name, dims]) => {
    const others = sizes.get(name);
    const at = dims.map((size, dim) => (others?.[dim] === size ? '' : dim)).filter((dim) => dim !== '');
    return at.length > 0 ? `${name}:${at.join()}` : '';
  });
  return changed.filter((text) => text !== '').join(' ');
}

function primeFactor(value: bigint): bigint {
  for (let factor = 2n; factor * factor <= value; factor++) if (value % factor === 0n) return factor;
  return value;
}
