import type { Dtype } from '../../core/dtype';
import type { Scalar } from '../tape/recorder';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** ONNX Runtime calculates with these in 32 bits or not at all. */
const narrow: readonly Dtype[] = ['uint8', 'int8', 'int16'];

/** An ONNX operator on two tensors of one dtype; narrow whole numbers go through int32 and wrap around coming back. */
export function arithmetic(tape: Tape, op: string, a: Tensor, b: Tensor): Tensor {
  if (!narrow.includes(a.dtype)) return tape.node(op, [a, b]);
  return tape.cast(tape.node(op, [tape.cast(a, 'int32'), tape.cast(b, 'int32')]), a.dtype);
}

/** An ONNX operator on one tensor, narrow whole numbers through int32. */
export function widened(tape: Tape, op: string, tensor: Tensor): Tensor {
  if (!narrow.includes(tensor.dtype)) return tape.node(op, [tensor]);
  return tape.cast(tape.node(op, [tape.cast(tensor, 'int32')]), tensor.dtype);
}

/** A tensor times a number, which is often 1. */
export function scaled(tape: Tape, tensor: Tensor, by: Scalar): Tensor {
  if (by === 1n || by === 1) return tensor;
  return arithmetic(tape, 'Mul', tensor, tape.scalar(by, tensor.dtype));
}
