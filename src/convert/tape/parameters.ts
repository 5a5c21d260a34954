import type { StoredTensor } from '../../core/checkpoint';
import { elementCount } from '../../core/shape';
import type { ReadElements } from './initializers';
import type { Tape } from './tape';
import type { Tensor } from './tensor';

/** Whole numbers up to this many may be sizes, axes or places, which the tape has to know; a float may be a scale. */
const MOST_AHEAD = { whole: 64, floats: 1 };

/**
 * A tensor of a checkpoint on a tape, what a program may calculate sizes with read ahead, and the scales of a
 * quantization by channel. Throws what `read` throws.
 */
export async function openParameter(
  tape: Tape,
  label: string,
  stored: StoredTensor,
  read: ReadElements,
): Promise<Tensor> {
  const isFloat = /^float(32|64)$/.test(stored.dtype);
  const most = isFloat ? MOST_AHEAD.floats : /float|complex/.test(stored.dtype) ? 0 : MOST_AHEAD.whole;
  const isAhead = elementCount(stored.dims) <= most && !stored.quantization;
  const tensor = tape.parameter(label, stored, isAhead ? await read(stored, label) : undefined);
  const { quantization } = stored;
  if (quantization?.kind === 'channel') {
    const { axis, scales, zeroPoints } = quantization;
    const numbers = async (part: StoredTensor) => Array.from(await read(part, label), Number);
    tensor.quantized = { axis, scales: await numbers(scales), zeroPoints: await numbers(zeroPoints) };
  }
  return tensor;
}
