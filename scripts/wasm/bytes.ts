/** Values of WebAssembly's binary format: https://webassembly.github.io/spec/core/binary/values.html */

/** A reading position in bytes; throws a RangeError where they end too soon. */
export class ByteReader {
  at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at === this.#bytes.length;
  }

  byte(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw new RangeError(`The WebAssembly ends at byte ${this.at}, amid a value.`);
    this.at += 1;
    return byte;
  }

  /** An unsigned integer of up to 32 bits, LEB128. */
  unsigned(): number {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = this.byte();
      value += (byte & 127) * weight;
      if (byte < 128) return value;
    }
  }

  /** Moves behind a signed integer of any length. */
  skipSigned(): void {
    while (this.byte() >= 128);
  }

  /** The next `count` bytes; shares memory. */
  take(count: number): Uint8Array {
    if (this.at + count > this.#bytes.length) {
      throw new RangeError(`The WebAssembly has no ${count} bytes from byte ${this.at} on.`);
    }
    this.at += count;
    return this.#bytes.subarray(this.at - count, this.at);
  }

  /** The bytes from a position to this one; shares memory. */
  since(from: number): Uint8Array {
    return this.#bytes.subarray(from, this.at);
  }
}

/** Bytes that grow. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #size = 0;

  /** What was written; shares memory until more is written. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#size);
  }

  write(bytes: ArrayLike<number>): void {
    const size = this.#size + bytes.length;
    if (size > this.#bytes.length) {
      const larger = new Uint8Array(size * 2);
      larger.set(this.bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#size);
    this.#size = size;
  }

  /** Writes an unsigned integer of up to 32 bits, LEB128. */
  unsigned(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.write([(rest % 128) + 128]);
      rest = Math.floor(rest / 128);
    }
    this.write([rest]);
  }

  /** Writes a signed integer of up to 64 bits, LEB128. */
  signed(value: bigint): void {
    let rest = value;
    while (rest < -64n || rest > 63n) {
      this.write([Number(rest & 127n) + 128]);
      rest >>= 7n;
    }
    this.write([Number(rest & 127n)]);
  }

  /** Writes bytes with their length before them. */
  sized(bytes: Uint8Array): void {
    this.unsigned(bytes.length);
    this.write(bytes);
  }
}
