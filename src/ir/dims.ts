import type { Dim, Shape } from '../core/shape';

/** The shape two shapes broadcast to; a dimension nobody can tell is `null`. */
export function broadcast(a: Shape, b: Shape): Shape {
  if (a === null || b === null) return null;
  const rank = Math.max(a.length, b.length);
  const [left, right] = [padded(a, rank), padded(b, rank)];
  return left.map((dim, at) => broadcastDim(dim, right[at] ?? null));
}

function padded(shape: readonly Dim[], rank: number): Dim[] {
  return [...new Array<Dim>(rank - shape.length).fill(1), ...shape];
}

function broadcastDim(a: Dim, b: Dim): Dim {
  if (a === 1) return b;
  if (b === 1 || a === b) return a;
  if (typeof a === 'number') return typeof b === 'number' ? null : a;
  return typeof b === 'number' ? b : null;
}

/** What two shapes have in common; a dimension in which they differ is `null`. */
export function common(a: Shape, b: Shape): Shape {
  if (a === null || b === null || a.length !== b.length) return null;
  return a.map((dim, at) => (dim === b[at] ? dim : null));
}

/** The product of dimensions: a number where all are, a name where the rest is 1, else `null`. */
export function product(dims: readonly Dim[]): Dim {
  let size = 1;
  let name: Dim = null;
  let named = 0;
  for (const dim of dims) {
    if (dim === 0) return 0;
    if (typeof dim === 'number') size *= dim;
    else {
      name = dim;
      named += 1;
    }
  }
  if (named === 0) return size;
  return named === 1 && size === 1 ? name : null;
}

/** The sum of dimensions: a number where all are, a name where the rest is 0, else `null`. */
export function sum(dims: readonly Dim[]): Dim {
  let size = 0;
  let other: Dim = 0;
  for (const dim of dims) {
    if (typeof dim === 'number') size += dim;
    else if (other === 0) other = dim;
    else return null;
  }
  if (other === 0) return size;
  return size === 0 ? other : null;
}

/** The largest or smallest of numbers; `null` where one is none. */
export function extreme(dims: readonly Dim[], of: (...numbers: number[]) => number): Dim {
  const numbers = dims.filter((dim) => typeof dim === 'number');
  return numbers.length === dims.length && numbers.length > 0 ? of(...numbers) : null;
}

/** The number of elements; `null` where a dimension is free or unknown. */
export function fixedCount(shape: Shape): number | null {
  if (shape === null) return null;
  const count = product(shape);
  return typeof count === 'number' ? count : null;
}

/** An axis counted from the end brought to count from the front. */
export function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** A shape of so many dimensions of which nothing is known. */
export function ofRank(rank: number): Dim[] {
  return new Array<Dim>(rank).fill(null);
}

/** A dimension as `apply` of its number; `null` where it is not a number or the result is below 0. */
export function mapDim(dim: Dim | undefined, apply: (size: number) => number): Dim {
  if (typeof dim !== 'number') return null;
  const size = apply(dim);
  return Number.isFinite(size) && size >= 0 ? size : null;
}

/** The shape of tensors put behind one another along an axis. */
export function concatenated(shapes: readonly Shape[], axis: number): Shape {
  const known = shapes.find((shape) => shape !== null);
  if (known === undefined) return null;
  const along = axisOf(axis, known.length);
  return known.map((_, at): Dim => {
    const dims = shapes.map((shape) => shape?.[at] ?? null);
    if (at !== along)
      return dims.find((dim) => typeof dim === 'number') ?? dims.find((dim) => dim !== null) ?? null;
    return sum(dims);
  });
}
