/** Bytes being written, with messages whose length is known only when they end. */
export interface Sink {
  readonly length: number;
  append(bytes: Uint8Array): void;
  varint(value: number): void;
  /** A number already in its variable-length form. */
  varint64(bytes: readonly number[]): void;
  /** Leaves room for a length; what it returns goes to `close`. */
  open(): number;
  close(opened: number): void;
  /** What was written from a position on; valid until the next write. */
  since(position: number): Uint8Array;
  bytes(): Uint8Array<ArrayBuffer>;
}

/** Lengths take five bytes, padded: readers accept it, and nothing has to move. */
const LENGTH_BYTES = 5;

/** An empty, growing sink. */
export function createSink(capacity = 64 * 1024): Sink {
  let bytes = new Uint8Array(capacity);
  let length = 0;
  function reserve(count: number): void {
    if (length + count <= bytes.length) return;
    const larger = new Uint8Array(Math.max(bytes.length * 2, length + count));
    larger.set(bytes.subarray(0, length));
    bytes = larger;
  }
  return {
    get length() {
      return length;
    },
    append(more) {
      reserve(more.length);
      bytes.set(more, length);
      length += more.length;
    },
    varint(value) {
      reserve(10);
      let rest = value;
      while (rest >= 0x80) {
        bytes[length++] = (rest % 0x80) | 0x80;
        rest = Math.floor(rest / 0x80);
      }
      bytes[length++] = rest;
    },
    varint64(digits) {
      reserve(10);
      for (const digit of digits) bytes[length++] = digit;
    },
    open() {
      reserve(LENGTH_BYTES);
      length += LENGTH_BYTES;
      return length;
    },
    close(opened) {
      let rest = length - opened;
      for (let i = LENGTH_BYTES; i > 1; i--) {
        bytes[opened - i] = (rest & 0x7f) | 0x80;
        rest >>>= 7;
      }
      bytes[opened - 1] = rest;
    },
    since: (position) => bytes.subarray(position, length),
    bytes: () => bytes.subarray(0, length),
  };
}
