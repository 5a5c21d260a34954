/**
 * Blobs whose streams stay in memory while somebody reads them.
 *
 * Chromium (156) collects the stream of a Blob although bytes are awaited from it into a caller's buffer
 * (`getReader({ mode: 'byob' })`): the promise never settles then. ONNX Runtime's JSPI build reads external weights
 * that way, and nothing but that promise knows the stream while a session is being made.
 */

/** From a worker's own scope everything is reachable. */
const held = new Set<ReadableStream>();

/** Gives `use` these Blobs with their bytes; what is read of them until it ends is read to its end. */
export async function holding<T>(
  blobs: readonly Blob[],
  use: (blobs: readonly Blob[]) => Promise<T>,
): Promise<T> {
  const streams: ReadableStream[] = [];
  const hold = (stream: ReadableStream) => {
    held.add(stream);
    streams.push(stream);
  };
  try {
    return await use(blobs.map((blob) => new HeldBlob(blob, hold)));
  } finally {
    for (const stream of streams) held.delete(stream);
  }
}

class HeldBlob extends Blob {
  readonly #hold: (stream: ReadableStream) => void;

  constructor(blob: Blob, hold: (stream: ReadableStream) => void) {
    super([blob]);
    this.#hold = hold;
  }

  override slice(start?: number, end?: number, type?: string): Blob {
    return new HeldBlob(super.slice(start, end, type), this.#hold);
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const stream = super.stream();
    this.#hold(stream);
    return stream;
  }
}
