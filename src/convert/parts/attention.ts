import { Gap } from '../gap';
import { filled } from '../tape/filled';
import type { Size } from '../tape/size';
import { quotient, times } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { permute, reshape, transpose } from './rearrange';
import { sizeAs } from './reduce';

/** What may be attended to: truth values for what may, or numbers to add to the scores. */
export type Mask = Tensor | null;

/** `softmax(q kᵀ · scale + mask) v` for `[..., length, width]`, and the weights that it sums with. */
export function attend(
  tape: Tape,
  query: Tensor,
  key: Tensor,
  value: Tensor,
  mask: Mask,
  scale: number | null,
): { output: Tensor; weights: Tensor } {
  const factor = scale === null ? rootScale(tape, query) : tape.constant(query.dtype, [], [scale]);
  const scores = tape.node('MatMul', [tape.node('Mul', [query, factor]), transpose(tape, key, -2, -1)]);
  const masked = mask === null ? scores : tape.node('Add', [scores, asNumbers(tape, mask, query)]);
  const weights = tape.node('Softmax', [masked], { axis: masked.rank - 1 });
  return { output: tape.node('MatMul', [weights, value]), weights };
}

/** One over the root of the width. */
function rootScale(tape: Tape, query: Tensor): Tensor {
  const width = query.size(-1);
  if (typeof width === 'number') return tape.constant(query.dtype, [], [1 / Math.sqrt(width)]);
  return tape.node('Reciprocal', [tape.node('Sqrt', [sizeAs(tape, width, query)])]);
}

/** What may not be attended to as minus infinity. */
function asNumbers(tape: Tape, mask: Tensor, like: Tensor): Tensor {
  if (mask.dtype !== 'bool') return tape.cast(mask, like.dtype);
  const [none, all] = [tape.constant(like.dtype, [], [0]), tape.constant(like.dtype, [], [-Infinity])];
  return tape.node('Where', [mask, none, all]);
}

/** Which places come no later: a lower triangle of truth values. */
export function causal(tape: Tape, rows: Size, columns: Size): Tensor {
  const ones = filled(tape, [rows, columns], 1n, 'float32');
  return tape.cast(tape.node('Trilu', [ones], { upper: 0 }, { sizes: [rows, columns] }), 'bool');
}

/** `[batch, length, heads · width]` as `[batch, heads, length, width]`. */
export function splitHeads(tape: Tape, tensor: Tensor, heads: number): Tensor {
  const [batch = 1, length = 1, all = 1] = tensor.sizes;
  const width = quotient(all, heads);
  if (width === null) throw new Gap('heads that do not divide the width');
  return permute(tape, reshape(tape, tensor, [batch, length, heads, width]), [0, 2, 1, 3]);
}

/** The heads side by side again. */
export function joinHeads(tape: Tape, tensor: Tensor): Tensor {
  const [batch = 1, heads = 1, length = 1, width = 1] = tensor.sizes;
  return reshape(tape, permute(tape, tensor, [0, 2, 1, 3]), [batch, length, times(heads, width)]);
}
