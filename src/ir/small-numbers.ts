import type { Dtype } from '../core/dtype';
import { byteLength } from '../core/dtype';
import { fromHalf } from '../core/half';
import { elementCount } from '../core/shape';
import { viewElements } from '../core/tensor';
import type { Tensor } from './model';

/** Shapes, axes, scales and indices are short; anything longer is data. */
const MOST = 64;

const readable: readonly Dtype[] = [
  ...(['int64', 'int32', 'int16', 'int8', 'uint64', 'uint32', 'uint16', 'uint8'] as const),
  ...(['bool', 'float32', 'float64', 'float16'] as const),
];

/** The elements of a short tensor of numbers or truth values that is in memory; `null` for any other. */
export function smallNumbers(tensor: Tensor): number[] | null {
  const { dtype, dims, data } = tensor;
  if (!readable.includes(dtype) || data.kind !== 'bytes') return null;
  const count = elementCount(dims);
  if (count > MOST || data.bytes.length !== byteLength(dtype, count)) return null;
  const elements = viewElements(dtype, data.bytes);
  if (dtype === 'float16' && elements instanceof Uint16Array) return Array.from(fromHalf(elements));
  return Array.from(elements, Number);
}
