import type { StoredTensor } from '../../core/checkpoint';
import { dtypes } from '../../core/dtype';

/** The bytes of a stored tensor as a slice of its file; `null` where its elements have to be read to be put in order. */
export function sliceOf(stored: StoredTensor): Blob | null {
  const { storage, dtype, offset, dims } = stored;
  const bits = dtypes[dtype].bits;
  if (storage.blob === null || storage.packed !== null || storage.bigEndian || stored.sparse || bits < 8)
    return null;
  if (!isPlain(stored)) return null;
  const count = dims.reduce((product, dim) => product * dim, 1);
  return storage.blob.slice((offset * bits) / 8, ((offset + count) * bits) / 8);
}

/** Whether the elements lie row-major, one behind the other. */
function isPlain({ dims, strides }: StoredTensor): boolean {
  const plain = rowMajor(dims);
  return dims.includes(0) || dims.every((dim, at) => dim === 1 || strides[at] === plain[at]);
}

function rowMajor(dims: readonly number[]): number[] {
  const strides = new Array<number>(dims.length).fill(1);
  for (let at = dims.length - 2; at >= 0; at--) strides[at] = (strides[at + 1] ?? 1) * (dims[at + 1] ?? 1);
  return strides;
}

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
  return isPlain(stored) && !stored.sparse ? { ...stored, dims, strides: rowMajor(dims) } : null;
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
