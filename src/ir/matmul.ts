import type { Dim, Shape } from '../core/shape';
import { broadcast, fixedCount } from './dims';

/** The shape of a matrix product: stacks broadcast, a vector on either side loses its dimension. */
export function matrixProduct(a: Shape, b: Shape): Shape {
  if (a === null || b === null || a.length === 0 || b.length === 0) return null;
  const stack = broadcast(a.slice(0, -2), b.slice(0, -2)) ?? [];
  const rows = a.length > 1 ? [a.at(-2) ?? null] : [];
  const columns = b.length > 1 ? [b.at(-1) ?? null] : [];
  return [...stack, ...rows, ...columns];
}

/** A stack of matrices with rows and columns exchanged, or with the stack's last dimension brought behind the rows. */
export function turned(shape: Shape, isTransposed: boolean, isBatchLast: boolean): Shape {
  if (shape === null || shape.length < 2) return shape;
  const stack = isBatchLast ? shape.slice(1, -1) : shape.slice(0, -2);
  const [rows = null, columns = null] = isBatchLast ? [shape[0], shape.at(-1)] : shape.slice(-2);
  return isTransposed ? [...stack, columns, rows] : [...stack, rows, columns];
}

/** Multiply-accumulates of a product whose rows and columns meet over `inner` elements. */
export function matrixProductMacs(inner: Dim | undefined, output: Shape): number | null {
  const elements = fixedCount(output);
  return elements === null || typeof inner !== 'number' ? null : elements * inner;
}
