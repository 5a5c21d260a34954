import { dimOf, dimsOf } from '../parts/rearrange';
import type { Size } from '../tape/size';
import { isSame, plus, quotient, times } from '../tape/symint';
import type { Tensor } from '../tape/tensor';
import type { Schema } from './schema';

type Strides = readonly Size[];

/** How far apart neighbours along each dimension lie, in elements; `null` where it is not known. */
export function stridesOf(tensor: Tensor): Strides | null {
  return tensor.isView ? tensor.strides : rowMajor(tensor.sizes);
}

/** Whether elements lie one behind the other in the order of their indices. */
export function isContiguous(tensor: Tensor): boolean {
  const strides = stridesOf(tensor);
  const expected = rowMajor(tensor.sizes);
  if (tensor.sizes.includes(0)) return true;
  return expected.every((stride, at) => tensor.sizes[at] === 1 || isSame(stride, strides?.[at]));
}

/**
 * The strides of what a view operator gave; `'copy'` where torch gives elements of their own instead, because no
 * strides show them in that order, and `'undecided'` where only the sizes that come tell.
 */
export function stridesOfView(
  { name }: Schema,
  base: Tensor,
  bound: Readonly<Record<string, unknown>>,
  view: Tensor,
): Strides | 'copy' | 'undecided' | null {
  const kind = name.replace('aten::', '');
  if (kind === 'to') return view.dtype === base.dtype && bound['copy'] !== true ? stridesOf(base) : 'copy';
  const strides = stridesOf(base);
  if (kind === 'contiguous') return isContiguous(base) ? strides : 'copy';
  if (RESHAPING.has(kind)) {
    if (isContiguous(base)) return rowMajor(view.sizes);
    const found = strides ? regrouped(base, strides, view.sizes) : 'undecided';
    return MAY_COPY.has(kind) || typeof found === 'object' ? found : null;
  }
  return strides && (moves[kind]?.(strides, base, bound, view) ?? null);
}

const MAY_COPY: ReadonlySet<string> = new Set(['reshape', 'reshape_as', 'flatten', 'ravel']);

const RESHAPING: ReadonlySet<string> = new Set([
  ...MAY_COPY,
  'view',
  'view_as',
  'unflatten',
  'unsqueeze',
  'squeeze',
]);

type Move = (
  strides: Strides,
  base: Tensor,
  bound: Readonly<Record<string, unknown>>,
  view: Tensor,
) => Strides | null;

const same: Move = (strides) => strides;

const without: Move = (strides, { rank }, { dim }) => strides.toSpliced(dimOf(dim as number, rank), 1);

const moves: Readonly<Record<string, Move>> = {
  alias: same,
  detach: same,
  positive: same,
  narrow: same,
  split: same,
  split_with_sizes: same,
  chunk: same,
  tensor_split: same,
  slice: (strides, { rank }, { dim, step }) => {
    const at = dimOf(dim as number, rank);
    return strides.with(at, times(strides[at] ?? 1, step as Size));
  },
  select: without,
  unbind: without,
  t: (strides) => strides.toReversed(),
  numpy_T: (strides) => strides.toReversed(),
  mT: (strides, { rank }) => exchanged(strides, rank - 2, rank - 1),
  transpose: (strides, { rank }, { dim0, dim1 }) =>
    exchanged(strides, dimOf(dim0 as number, rank), dimOf(dim1 as number, rank)),
  permute: (strides, { rank }, { dims }) =>
    dimsOf(dims as readonly number[], rank).map((dim) => strides[dim] ?? 1),
  expand: (strides, base, _bound, view) => expanded(strides, base, view),
  expand_as: (strides, base, _bound, view) => expanded(strides, base, view),
  broadcast_to: (strides, base, _bound, view) => expanded(strides, base, view),
  diagonal: (strides, { rank }, { dim1, dim2 }) => {
    const [a, b] = [dimOf(dim1 as number, rank), dimOf(dim2 as number, rank)];
    return [...strides.filter((_, at) => at !== a && at !== b), plus(strides[a] ?? 1, strides[b] ?? 1)];
  },
  unfold: (strides, { rank }, { dimension, step }) => {
    const at = dimOf(dimension as number, rank);
    return [...strides.with(at, times(strides[at] ?? 1, step as Size)), strides[at] ?? 1];
  },
  as_strided: (_strides, _base, { stride }) => stride as Strides,
};

function exchanged(strides: Strides, a: number, b: number): Strides {
  return strides.with(a, strides[b] ?? 1).with(b, strides[a] ?? 1);
}

function expanded(strides: Strides, base: Tensor, view: Tensor): Strides {
  const more = view.rank - base.rank;
  return view.sizes.map((size, at) => (isSame(size, base.sizes[at - more]) ? (strides[at - more] ?? 0) : 0));
}

function rowMajor(sizes: readonly Size[]): Strides {
  let count: Size = 1;
  return sizes
    .toReversed()
    .map((size) => {
      const stride = count;
      count = times(count, size);
      return stride;
    })
    .reverse();
}

/**
 * The strides that show elements in other dimensions; `'copy'` where none do.
 * @see https://github.com/pytorch/pytorch/blob/main/aten/src/ATen/TensorUtils.cpp `computeStride`
 */
function regrouped(
  { sizes }: Tensor,
  strides: Strides,
  wanted: readonly Size[],
): Strides | 'copy' | 'undecided' {
  if (sizes.length === 0) return wanted.map(() => 1);
  const found: Size[] = wanted.map(() => 1);
  let next = wanted.length - 1;
  let step = strides.at(-1) ?? 1;
  let count: Size = 1;
  for (let at = sizes.length - 1; at >= 0; at--) {
    count = times(count, sizes[at] ?? 1);
    if (at > 0 && (sizes[at - 1] === 1 || isSame(strides[at - 1], times(count, step)))) continue;
    let taken: Size = 1;
    while (next >= 0 && (!isSame(taken, count) || wanted[next] === 1)) {
      found[next] = times(taken, step);
      taken = times(taken, wanted[next] ?? 1);
      next -= 1;
      if (typeof taken === 'number' && typeof count === 'number' && taken > count) return 'copy';
    }
    // A free size is not 1: a multiple by one is more.
    if (!isSame(taken, count)) return quotient(taken, count) === null ? 'undecided' : 'copy';
    if (at > 0) [step, count] = [strides[at - 1] ?? 1, 1];
  }
  return next < 0 ? found : 'undecided';
}
