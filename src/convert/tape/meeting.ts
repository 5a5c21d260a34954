import type { Content } from './content';
import { dimOf, type Size } from './size';

/** Operators whose inputs are stretched to one shape: a size has to be the other's, or 1. */
const STRETCHING: ReadonlySet<string> = new Set([
  ...['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Mod', 'Max', 'Min', 'PRelu', 'Where', 'And', 'Or', 'Xor'],
  ...['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual'],
]);

/**
 * Why a size that is free in the inputs cannot stay so: it has to be one number here, and a model that says it takes
 * any would fail with all others. `null` where none has to. `isFree` tells of a size whether inputs decide it.
 */
export function fixedHere(
  op: string,
  contents: readonly (Content | null)[],
  isFree: (size: Size) => boolean,
): string | null {
  if (!STRETCHING.has(op)) return null;
  const shapes = contents.flatMap((content) => (content ? [content.sizes.toReversed()] : []));
  const rank = Math.max(0, ...shapes.map((sizes) => sizes.length));
  for (let at = 0; at < rank; at++) {
    const sizes = shapes.flatMap((shape) => shape[at] ?? []);
    const free = sizes.find((size) => typeof size !== 'number' && isFree(size));
    const fixed = sizes.find((size) => typeof size === 'number' && size > 1);
    if (free !== undefined && fixed !== undefined)
      return `the size ${String(dimOf(free))} has to be ${String(dimOf(fixed))}`;
  }
  return null;
}
