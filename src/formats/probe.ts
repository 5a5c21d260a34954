/** A file being identified: its beginning and end are read once, however many formats ask. */
export interface Probe {
  readonly size: number;
  /** The first 4 KiB, or all of a smaller file. */
  head(): Promise<Uint8Array>;
  /** The last KiB, or all of a smaller file. */
  tail(): Promise<Uint8Array>;
}

const HEAD_BYTES = 4096;
const TAIL_BYTES = 1024;

/** A probe of a file. */
export function createProbe(file: Blob): Probe {
  let head: Promise<Uint8Array> | undefined;
  let tail: Promise<Uint8Array> | undefined;
  const read = async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer());
  return {
    size: file.size,
    head: () => (head ??= read(0, HEAD_BYTES)),
    tail: () => (tail ??= read(Math.max(0, file.size - TAIL_BYTES), file.size)),
  };
}
