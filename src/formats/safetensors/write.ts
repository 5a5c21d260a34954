import type { Dtype } from '../../core/dtype';
import { codes } from './codes';

/** A tensor to be written: its elements row-major and little-endian. */
export interface SavedTensor {
  name: string;
  dtype: Dtype;
  dims: readonly number[];
  blob: Blob;
}

const names = new Map(Object.entries(codes).map(([code, dtype]) => [dtype, code]));

/** Whether the format has a name for a type; it has none for complex numbers of 128 bits and 4-bit integers. */
export function canSave(dtype: Dtype): boolean {
  return names.has(dtype);
}

/**
 * Tensors as a safetensors file, without reading them: a header, and behind it the tensors one after the other,
 * larger element types first, so that all are aligned. The header is padded to a multiple of eight bytes.
 * @see https://huggingface.co/docs/safetensors/index#format
 */
export function writeSafetensors(
  tensors: readonly SavedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Blob {
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header['__metadata__'] = metadata;
  const ordered = [...tensors].sort((a, b) => alignment(b) - alignment(a));
  let at = 0;
  for (const { name, dtype, dims, blob } of ordered) {
    const entry = { dtype: names.get(dtype), shape: dims, data_offsets: [at, at + blob.size] };
    Object.defineProperty(header, name, { value: entry, enumerable: true });
    at += blob.size;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const head = new Uint8Array(8 + Math.ceil(text.length / 8) * 8).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(head.length - 8), true);
  head.set(text, 8);
  return new Blob([head, ...ordered.map(({ blob }) => blob)]);
}

/** Bytes of one element, as far as the tensor's size tells. */
function alignment({ dims, blob }: SavedTensor): number {
  const count = dims.reduce((product, dim) => product * dim, 1);
  return count === 0 ? 0 : blob.size / count;
}
