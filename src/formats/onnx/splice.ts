import { nested, tensorField, wire, type Message } from './layout';
import { createSink } from './sink';

/** What a spliced message is made of: bytes of the skeleton, and the Blobs put back into it. */
export interface Spliced {
  parts: BlobPart[];
  length: number;
}

/**
 * A skeleton with its cuts filled in as `raw_data`: the way back from `cutSkeleton`. The Blobs are not read.
 * Messages without cuts are passed on as they are; the others get their new length.
 */
export function splice(skeleton: Uint8Array<ArrayBuffer>, blobs: readonly Blob[]): Spliced {
  return spliceMessage(skeleton, 'model', blobs) ?? { parts: [skeleton], length: skeleton.length };
}

/** `null` where a message holds no cut. */
function spliceMessage(
  bytes: Uint8Array<ArrayBuffer>,
  message: Message,
  blobs: readonly Blob[],
): Spliced | null {
  const parts: BlobPart[] = [];
  let length = 0;
  let copied = 0;
  const put = (part: Uint8Array<ArrayBuffer> | Blob, size: number): void => {
    if (size > 0) parts.push(part);
    length += size;
  };
  for (let at = 0; at < bytes.length;) {
    const start = at;
    const tag = readVarint(bytes, at);
    at = tag.next;
    const field = Math.floor(tag.value / 8);
    const size = fieldSize(bytes, at, tag.value % 8);
    at = size.next;
    const body = bytes.subarray(at, at + size.value);
    at += size.value;
    if (message === 'tensor' && field === tensorField.cut) {
      const blob = blobs[readVarint(body, 0).value - 1];
      if (blob === undefined) continue;
      put(bytes.subarray(copied, start), start - copied);
      const head = prefix(tensorField.raw, blob.size);
      put(head, head.length);
      put(blob, blob.size);
      copied = at;
      continue;
    }
    const inside = nested[message][field];
    const spliced =
      inside !== undefined && tag.value % 8 === wire.bytes ? spliceMessage(body, inside, blobs) : null;
    if (!spliced) continue;
    put(bytes.subarray(copied, start), start - copied);
    const head = prefix(field, spliced.length);
    put(head, head.length);
    parts.push(...spliced.parts);
    length += spliced.length;
    copied = at;
  }
  if (parts.length === 0) return null;
  put(bytes.subarray(copied), bytes.length - copied);
  return { parts, length };
}

/** The tag and length before a field of bytes. */
function prefix(field: number, length: number): Uint8Array<ArrayBuffer> {
  const sink = createSink(16);
  sink.varint(field * 8 + wire.bytes);
  sink.varint(length);
  return sink.bytes();
}

/** How many bytes follow, and where they begin; the skeleton is our own, so it is well formed. */
function fieldSize(bytes: Uint8Array, at: number, type: number): { value: number; next: number } {
  if (type === wire.bytes) return readVarint(bytes, at);
  if (type === wire.varint) return { value: readVarint(bytes, at).next - at, next: at };
  return { value: type === wire.fixed64 ? 8 : 4, next: at };
}

function readVarint(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  let scale = 1;
  for (let next = at; ; scale *= 128) {
    const byte = bytes[next++] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, next };
  }
}
