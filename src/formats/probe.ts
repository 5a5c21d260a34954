import { readZip } from './zip';

/** A file being identified: its beginning and end are read once, however many formats ask. */
export interface Probe {
  readonly size: number;
  /** The first 4 KiB, or all of a smaller file. */
  head(): Promise<Uint8Array>;
  /** The last KiB, or all of a smaller file. */
  tail(): Promise<Uint8Array>;
  /** The names of the files in it where it is a zip archive, those found from its beginning where its end is lost. */
  names(): Promise<readonly string[]>;
}

const HEAD_BYTES = 4096;
const TAIL_BYTES = 1024;

/** A probe of a file. */
export function createProbe(file: Blob): Probe {
  let head: Promise<Uint8Array> | undefined;
  let tail: Promise<Uint8Array> | undefined;
  let names: Promise<readonly string[]> | undefined;
  const read = async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer());
  const readNames = async (): Promise<readonly string[]> => {
    const begin = latin1.decode(await (head ??= read(0, HEAD_BYTES)));
    if (!begin.startsWith('PK')) return [];
    const entries = await readZip(file, '').catch(() => null);
    return entries?.map(({ name }) => name) ?? begunNames(begin);
  };
  return {
    size: file.size,
    head: () => (head ??= read(0, HEAD_BYTES)),
    names: () => (names ??= readNames()),
    tail: () => (tail ??= read(Math.max(0, file.size - TAIL_BYTES), file.size)),
  };
}

const latin1 = new TextDecoder('latin1');

/** The names in the headers that stand before the files of an archive, which are there when its end is lost. */
function begunNames(begin: string): string[] {
  return begin
    .split('PK\x03\x04')
    .slice(1)
    .map((part) => part.slice(26, 26 + part.charCodeAt(22)));
}
