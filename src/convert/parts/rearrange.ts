import { isSame, productOf, quotient, floorDivide } from '../tape/symint';
import { Gap } from '../gap';
import type { Size } from '../tape/size';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { vectorOf } from '../tape/vector';

/** A dimension counted from the front; throws a gap where there is none such. */
export function dimOf(dim: number, rank: number): number {
  const from = dim < 0 ? dim + Math.max(rank, 1) : dim;
  if (from < 0 || from >= Math.max(rank, 1))
    throw new Gap(`a tensor of ${rank} dimensions has no dimension ${dim}`);
  return from;
}

/** Dimensions counted from the front; all of them where none are given. */
export function dimsOf(dims: readonly number[] | null, rank: number): number[] {
  if (dims === null || dims.length === 0) return Array.from({ length: rank }, (_, at) => at);
  return dims.map((dim) => dimOf(dim, rank));
}

/** The same elements in other dimensions; sizes that stay in their place and a last free one need not be computed. */
export function reshape(tape: Tape, tensor: Tensor, sizes: readonly Size[]): Tensor {
  const before = tensor.sizes;
  if (before.length === sizes.length && sizes.every((size, at) => isSame(size, before[at]))) return tensor;
  if (sizes.includes(0)) return tape.node('Reshape', [tensor, sizes], { allowzero: 1 }, { sizes });
  const target = sizes.map((size, at) => (typeof size === 'object' && isSame(size, before[at]) ? 0 : size));
  const open = target.filter((size) => typeof size === 'object');
  const known = open.length <= 1 ? target.map((size) => (typeof size === 'object' ? -1 : size)) : null;
  return tape.node('Reshape', [tensor, known ?? vectorOf(tape, sizes)], {}, { sizes });
}

/** What sizes asked of `view` are: a -1 among them takes what is left. */
export function viewSizes(before: readonly Size[], asked: readonly Size[]): Size[] {
  const hole = asked.indexOf(-1);
  if (hole < 0) return [...asked];
  const rest = productOf(asked.filter((_, at) => at !== hole));
  const whole = productOf(before);
  if (rest === 0) return asked.with(hole, 0);
  return asked.with(hole, quotient(whole, rest) ?? floorDivide(whole, rest));
}

/** The dimensions in another order. */
export function permute(tape: Tape, tensor: Tensor, order: readonly number[]): Tensor {
  if (order.every((dim, at) => dim === at)) return tensor;
  return tape.node('Transpose', [tensor], { perm: order });
}

/** Two dimensions exchanged. */
export function transpose(tape: Tape, tensor: Tensor, a: number, b: number): Tensor {
  const [first, second] = [dimOf(a, tensor.rank), dimOf(b, tensor.rank)];
  const order = tensor.sizes.map((_, at) => (at === first ? second : at === second ? first : at));
  return permute(tape, tensor, order);
}

/** With dimensions of 1 where `dims`, in order, say. */
export function unsqueeze(tape: Tape, tensor: Tensor, ...dims: readonly number[]): Tensor {
  if (dims.length === 0) return tensor;
  const sizes = [...tensor.sizes];
  for (const dim of dims) sizes.splice(dim, 0, 1);
  return tape.node('Unsqueeze', [tensor, dims], {}, { sizes });
}

/** Without dimensions, which are 1. */
export function squeeze(tape: Tape, tensor: Tensor, ...dims: readonly number[]): Tensor {
  if (dims.length === 0) return tensor;
  return tape.node(
    'Squeeze',
    [tensor, dims],
    {},
    { sizes: tensor.sizes.filter((_, at) => !dims.includes(at)) },
  );
}

/** With as many dimensions of 1 in front as make it this rank. */
export function padRank(tape: Tape, tensor: Tensor, rank: number): Tensor {
  const more = rank - tensor.rank;
  return more > 0 ? unsqueeze(tape, tensor, ...Array.from({ length: more }, (_, at) => at)) : tensor;
}

/** Repeated along dimensions of 1 until it has these sizes. */
export function expand(tape: Tape, tensor: Tensor, sizes: readonly Size[]): Tensor {
  const more = sizes.length - tensor.rank;
  const isThere = more === 0 && sizes.every((size, at) => isSame(size, tensor.sizes[at]));
  if (isThere) return tensor;
  const needed = sizes.map((size, at) => (isSame(size, tensor.sizes[at - more]) ? 1 : size));
  return tape.node('Expand', [tensor, needed], {}, { sizes });
}

/** Places `start` to `end` of a dimension, both within it; `sizes` says how many that are. */
export function slice(
  tape: Tape,
  tensor: Tensor,
  dim: number,
  [start, end, step]: readonly [Size, Size, Size],
  size?: Size,
): Tensor {
  const sizes = size === undefined ? undefined : tensor.sizes.with(dim, size);
  const steps = step === 1 ? [] : [[step]];
  return tape.node('Slice', [tensor, [start], [end], [dim], ...steps], {}, sizes ? { sizes } : {});
}

/** The end of a dimension, however long it is. */
export const toEnd = 2 ** 63;
