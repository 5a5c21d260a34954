/** One dimension: a size, a name that stands for any size, or nothing known. */
export type Dim = number | string | null;

/** The dimensions of a tensor, outermost first; `null` when even the rank is unknown. */
export type Shape = readonly Dim[] | null;

/** The number of elements of a fully known shape. */
export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** A shape as people write it: `1 × 28 × 28`, `batch × 10`, `?` for what is unknown, `scalar` for rank 0. */
export function formatShape(shape: Shape): string {
  if (shape === null) return 'unknown shape';
  return shape.length === 0 ? 'scalar' : shape.map((dim) => dim ?? '?').join(' × ');
}
