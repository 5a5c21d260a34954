import type { Storage, StoredTensor } from '../../core/checkpoint';
import type { Dtype } from '../../core/dtype';

/** A storage whose elements are all of a Blob, little-endian. */
export function storageOf(key: string, dtype: Dtype, blob: Blob | null): Storage {
  return {
    kind: 'storage',
    ...{ key, dtype, bytes: blob?.size ?? 0, device: 'cpu', bigEndian: false, blob, packed: null },
  };
}

/** A tensor whose elements lie one behind the other in a storage, row-major, from its beginning. */
export function contiguous(dtype: Dtype, dims: readonly number[], storage: Storage): StoredTensor {
  return {
    kind: 'tensor',
    ...{ dtype, dims, strides: rowMajor(dims), offset: 0, storage, role: 'tensor' },
    ...{ quantization: null, sparse: null },
  };
}

/** The strides of elements that lie one behind the other, the last dimension varying fastest. */
export function rowMajor(dims: readonly number[]): number[] {
  const strides = new Array<number>(dims.length).fill(1);
  for (let at = dims.length - 2; at >= 0; at--)
    strides[at] = (strides[at + 1] ?? 1) * Math.max(1, dims[at + 1] ?? 1);
  return strides;
}
