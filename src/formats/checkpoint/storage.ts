import type { Storage, StoredTensor } from '../../core/checkpoint';
import type { Dtype } from '../../core/dtype';
import { rowMajor } from '../../core/strides';

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
