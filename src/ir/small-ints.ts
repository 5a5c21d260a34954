import { elementCount } from '../core/shape';
import { viewElements } from '../core/tensor';
import type { Tensor } from './model';

/** Shapes, axes and indices are short; anything longer is data. */
const MOST = 64;

/** The elements of a short tensor of whole numbers that is in memory; `null` for any other. */
export function smallInts(tensor: Tensor): number[] | null {
  const { dtype, dims, data } = tensor;
  if (dtype !== 'int64' && dtype !== 'int32') return null;
  const count = elementCount(dims);
  if (count > MOST || data.kind !== 'bytes') return null;
  if (data.bytes.length !== count * (dtype === 'int64' ? 8 : 4)) return null;
  return Array.from(viewElements(dtype, data.bytes), Number);
}
