const SMALLEST_WINDOW = 16 * 1024;
const LARGEST_WINDOW = 1024 * 1024;

/**
 * A reading position in a Blob, of which only a window is in memory. Loading is asynchronous, reading from the
 * window is not, so a parser awaits once a window and not once a field. The window grows while reading goes
 * straight on and is small again after a jump.
 */
export class Cursor {
  at = 0;
  readonly size: number;
  readonly #blob: Blob;
  #bytes = new Uint8Array(0);
  #start = 0;
  #window = SMALLEST_WINDOW;

  constructor(blob: Blob) {
    this.#blob = blob;
    this.size = blob.size;
  }

  /** Bytes between the position and the end of the Blob. */
  get left(): number {
    return this.size - this.at;
  }

  /** Whether the next `count` bytes, or all that are left, can be read at once. */
  has(count: number): boolean {
    return this.at >= this.#start && Math.min(this.at + count, this.size) <= this.#start + this.#bytes.length;
  }

  /** Moves the window to the position, at least `count` bytes long where the Blob has them. */
  async load(count: number): Promise<void> {
    const straightOn = this.at >= this.#start && this.at <= this.#start + this.#bytes.length;
    this.#window = straightOn ? Math.min(this.#window * 2, LARGEST_WINDOW) : SMALLEST_WINDOW;
    const end = Math.min(this.at + Math.max(count, this.#window), this.size);
    const buffer = await this.#blob.slice(this.at, end).arrayBuffer();
    this.#bytes = new Uint8Array(buffer);
    this.#start = this.at;
  }

  /** The next byte; -1 beyond the window. */
  byte(): number {
    const byte = this.#bytes[this.at - this.#start];
    if (byte === undefined) return -1;
    this.at += 1;
    return byte;
  }

  /** Up to `count` bytes of the window from the position on, which moves behind them; shares memory. */
  take(count: number): Uint8Array {
    const from = this.at - this.#start;
    const bytes = this.#bytes.subarray(from, from + count);
    this.at += bytes.length;
    return bytes;
  }
}
