import type { StoredTensor } from './checkpoint';
import { byteLength, dtypes } from './dtype';
import { elementCount } from './shape';

/** The strides of elements that lie one behind the other, the last dimension varying fastest. */
export function rowMajor(dims: readonly number[]): number[] {
  const strides = new Array<number>(dims.length).fill(1);
  for (let at = dims.length - 2; at >= 0; at--)
    strides[at] = (strides[at + 1] ?? 1) * Math.max(1, dims[at + 1] ?? 1);
  return strides;
}

/** Whether the elements lie row-major, one behind the other. */
export function isContiguous({ dims, strides }: StoredTensor): boolean {
  const plain = rowMajor(dims);
  return dims.includes(0) || dims.every((dim, at) => dim === 1 || strides[at] === plain[at]);
}

/**
 * The bytes of a stored tensor, row-major and little-endian, as a slice of its file; `null` where its elements have
 * to be read to be put in order. The slice is shorter than the elements where the file is.
 */
export function sliceOf(stored: StoredTensor): Blob | null {
  const { storage, dtype, offset, dims, sparse } = stored;
  const { bits } = dtypes[dtype];
  if (storage.blob === null || storage.packed !== null || storage.bigEndian || sparse || bits < 8)
    return null;
  if (!isContiguous(stored)) return null;
  const from = (offset * bits) / 8;
  return storage.blob.slice(from, from + byteLength(dtype, elementCount(dims)));
}
