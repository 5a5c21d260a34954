import type { Shape } from '../core/shape';
import { fixedCount, ofRank } from './dims';
import { windowed } from './families';
import type { Site } from './op';

/** The shape of a convolution of `[N, C, ...]` with filters `[filters, C / groups, ...kernel]`. */
export function convolved(site: Site, shape: Shape, weight: Shape): Shape {
  const kernel = kernelOf(site, weight?.slice(2) ?? null);
  if (shape === null) return kernel && [null, weight?.[0] ?? null, ...ofRank(kernel.length)];
  if (kernel === null) return [shape[0] ?? null, ...ofRank(shape.length - 1)];
  return [shape[0] ?? null, weight?.[0] ?? null, ...windowed(site, shape.slice(2), kernel)];
}

/** The same with channels behind: `[N, ..., C]` and filters `[filters, ...kernel, C / groups]`. */
export function channelsLast(site: Site, shape: Shape, weight: Shape): Shape {
  const kernel = kernelOf(site, weight?.slice(1, -1) ?? null);
  if (shape === null || kernel === null) return null;
  return [shape[0] ?? null, ...windowed(site, shape.slice(1, -1), kernel), weight?.[0] ?? null];
}

/** Multiply-accumulates of a convolution: each output element is one filter times what lies under it. */
export function convolutionMacs(weight: Shape, output: Shape): number | null {
  const filter = fixedCount(weight?.slice(1) ?? null);
  const elements = fixedCount(output);
  return filter === null || elements === null ? null : elements * filter;
}

function kernelOf(site: Site, sizes: Shape): readonly number[] | null {
  return site.ints('kernel_shape') ?? sizes?.map((dim) => (typeof dim === 'number' ? dim : NaN)) ?? null;
}
