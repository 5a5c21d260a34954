import type { Dtype } from '../../core/dtype';
import { isFloat } from '../operators/promotion';
import type { Tape } from '../tape/tape';
import type { Quantized, Tensor } from '../tape/tensor';

/** The numbers that steps of a scale stand for, as float32. */
export function dequantized(tape: Tape, tensor: Tensor): Tensor {
  const { quantized } = tensor;
  if (quantized === null) return tensor;
  const [scale, zero] = stepsOf(tape, quantized, tensor.dtype);
  return tape.node('DequantizeLinear', [tensor, scale, zero], axisOf(quantized), { dtype: 'float32' });
}

/** Numbers as the nearest steps of a scale, held in `dtype`. */
export function requantized(tape: Tape, tensor: Tensor, quantized: Quantized, dtype: Dtype): Tensor {
  const [scale, zero] = stepsOf(tape, quantized, dtype);
  const numbers = isFloat(tensor.dtype) ? tensor : tape.cast(tensor, 'float32');
  const result = tape.node('QuantizeLinear', [numbers, scale, zero], axisOf(quantized), { dtype });
  result.quantized = quantized;
  return result;
}

function axisOf({ axis }: Quantized): Record<string, number> {
  return axis === null ? {} : { axis };
}

function stepsOf(tape: Tape, { scales, zeroPoints, axis }: Quantized, dtype: Dtype): [Tensor, Tensor] {
  const dims = axis === null ? [] : [scales.length];
  return [tape.constant('float32', dims, scales), tape.constant(dtype, dims, zeroPoints)];
}
