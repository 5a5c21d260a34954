import { AppError } from '../../core/problem';
import type { Cut } from './walk';

/** What the decoders of one file share. */
export interface Reading {
  name: string;
  file: Blob;
  cuts: readonly Cut[];
  /** Files that came with the model, by base name. */
  external: ReadonlyMap<string, Blob>;
  damaged(place: string, reason: string): AppError;
  /** A 64-bit number as a JavaScript one; throws `file_damaged` beyond 2⁵³, which no size or version is. */
  whole(value: bigint, place: string): number;
}

/** What decoding `file` needs; `external` is looked up by base name only. */
export function createReading(
  file: Blob,
  name: string,
  cuts: readonly Cut[],
  external: ReadonlyMap<string, Blob> = new Map(),
): Reading {
  const damaged: Reading['damaged'] = (place, reason) =>
    new AppError('file_damaged', { file: name, place, reason });
  return {
    name,
    file,
    cuts,
    external: new Map(Array.from(external, ([path, blob]) => [baseName(path), blob])),
    damaged,
    whole(value, place) {
      const number = Number(value);
      if (!Number.isSafeInteger(number)) throw damaged(place, `has the number ${value}`);
      return number;
    },
  };
}

/** The last part of a path, whichever slashes it has: a location never leads anywhere else. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
