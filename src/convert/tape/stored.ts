import type { StoredTensor } from '../../core/checkpoint';
import { isContiguous, rowMajor, sliceOf } from '../../core/strides';

/** The same elements in another order of dimensions; nothing is read. */
export function permuted(stored: StoredTensor, order: readonly number[]): StoredTensor | null {
  if (stored.sparse) return null;
  return {
    ...stored,
    dims: order.map((dim) => stored.dims[dim] ?? 1),
    strides: order.map((dim) => stored.strides[dim] ?? 0),
  };
}

/** Places `from` to `to` of a dimension; nothing is read. */
export function sliced(stored: StoredTensor, dim: number, from: number, to: number): StoredTensor | null {
  if (stored.sparse) return null;
  return {
    ...stored,
    dims: stored.dims.with(dim, Math.max(0, to - from)),
    offset: stored.offset + from * (stored.strides[dim] ?? 0),
  };
}

/** The same elements in other dimensions; `null` where they do not lie one behind the other. */
export function reshaped(stored: StoredTensor, dims: readonly number[]): StoredTensor | null {
  return isContiguous(stored) && !stored.sparse ? { ...stored, dims, strides: rowMajor(dims) } : null;
}

/** Tensors behind one another along their first dimension, as slices of their files; `null` where that needs reading. */
export function joined(parts: readonly StoredTensor[]): StoredTensor | null {
  const [first] = parts;
  const blobs = parts.map(sliceOf).filter((blob) => blob !== null);
  if (first === undefined || blobs.length !== parts.length) return null;
  if (parts.some(({ dtype }) => dtype !== first.dtype)) return null;
  const rows = parts.reduce((sum, { dims }) => sum + (dims[0] ?? 1), 0);
  const dims = first.dims.with(0, rows);
  const blob = new Blob(blobs);
  const storage = { ...first.storage, key: '', bytes: blob.size, blob };
  return { ...first, dims, strides: rowMajor(dims), offset: 0, storage };
}
