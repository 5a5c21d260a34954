import { Gap } from '../gap';
import { asFloat } from '../operators/promotion';
import type { Size } from '../tape/size';
import { minus, productOf } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { dimsOf } from './rearrange';

/** An ONNX reduction over dimensions, all of them where none are given. */
export function reduce(
  tape: Tape,
  op: string,
  tensor: Tensor,
  dims: readonly number[] | null,
  isKept: boolean,
): Tensor {
  const axes = dimsOf(dims, tensor.rank);
  if (tensor.rank === 0) return tensor;
  const keepdims = isKept ? 1 : 0;
  const sizes = reducedSizes(tensor, axes, isKept);
  // Before operator set 18 only ReduceSum takes its axes as an input.
  const isInput = op === 'ReduceSum' || tape.opset >= 18;
  if (isInput) return tape.node(op, [tensor, axes], keepdims === 1 ? {} : { keepdims }, { sizes });
  return tape.node(op, [tensor], { axes, ...(keepdims === 0 && { keepdims }) }, { sizes });
}

/** The sizes that are left of a tensor when these dimensions go. */
function reducedSizes(tensor: Tensor, axes: readonly number[], isKept: boolean): Size[] {
  return tensor.sizes.flatMap((size, at): Size[] => (axes.includes(at) ? (isKept ? [1] : []) : [size]));
}

/** How many elements each result of a reduction comes from. */
function reducedCount(tensor: Tensor, dims: readonly number[] | null): Size {
  return productOf(dimsOf(dims, tensor.rank).map((dim) => tensor.size(dim)));
}

/** A size as a float to calculate with. */
export function sizeAs(tape: Tape, size: Size, like: Tensor): Tensor {
  return tape.scalar(typeof size === 'number' ? BigInt(size) : size, like.dtype);
}

/** The mean square distance from the mean; divided by the count less `correction`. */
export function variance(
  tape: Tape,
  self: Tensor,
  dims: readonly number[] | null,
  correction: number,
  isKept: boolean,
): { variance: Tensor; mean: Tensor } {
  const numbers = asFloat(tape, self);
  const mean = reduce(tape, 'ReduceMean', numbers, dims, true);
  const apart = tape.node('Sub', [numbers, mean]);
  const squares = tape.node('Mul', [apart, apart]);
  const kept = isKept || self.rank === 0 ? mean : reduce(tape, 'ReduceMean', numbers, dims, false);
  if (correction === 0) return { variance: reduce(tape, 'ReduceMean', squares, dims, isKept), mean: kept };
  const count = minus(reducedCount(self, dims), correction);
  if (count === 0) throw new Gap('a variance of one element has nothing to divide by');
  const sum = reduce(tape, 'ReduceSum', squares, dims, isKept);
  return { variance: tape.node('Div', [sum, sizeAs(tape, count, numbers)]), mean: kept };
}
