/**
 * SHA-256 of files of any size: the browser's own digest needs all bytes in memory, so larger files are digested a
 * slice at a time.
 */
import { createSHA256 } from 'hash-wasm';

/** Up to this a file is read whole. */
const WHOLE_BYTES = 64 * 1024 * 1024;
const SLICE_BYTES = 1024 * 1024;

/** The SHA-256 of a file in 64 hex digits; at most 64 MiB of it are in memory at a time. */
export async function sha256(file: Blob): Promise<string> {
  // Pages opened over plain http have no `crypto.subtle`.
  if (file.size <= WHOLE_BYTES && 'subtle' in crypto) {
    return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())));
  }
  const digest = await createSHA256();
  for await (const slice of slices(file)) digest.update(slice);
  return digest.digest('hex');
}

/**
 * The bytes of a Blob, a slice at a time. Where the browser has byte streams all slices share one buffer:
 * a buffer each would be garbage of many megabytes before anybody collects it.
 */
async function* slices(blob: Blob): AsyncGenerator<Uint8Array> {
  const reader = byteReader(blob);
  if (!reader) {
    for (let start = 0; start < blob.size; start += SLICE_BYTES) {
      yield new Uint8Array(await blob.slice(start, start + SLICE_BYTES).arrayBuffer());
    }
    return;
  }
  let buffer = new ArrayBuffer(SLICE_BYTES);
  for (let left = blob.size; left > 0;) {
    const length = Math.min(SLICE_BYTES, left);
    let filled = 0;
    while (filled < length) {
      const { value } = await reader.read(new Uint8Array(buffer, filled, length - filled));
      if (!value) throw new DOMException('The file ended before its size.', 'NotReadableError');
      buffer = value.buffer;
      filled += value.byteLength;
    }
    yield new Uint8Array(buffer, 0, length);
    left -= length;
  }
}

function byteReader(blob: Blob): ReadableStreamBYOBReader | null {
  try {
    return blob.stream().getReader({ mode: 'byob' });
  } catch {
    return null;
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
