import { AppError } from '../../core/problem';
import type { External } from '../../ir/model';
import type { Cut } from './walk';

/** What the decoders of one file share. */
export interface Reading {
  name: string;
  file: Blob;
  cuts: readonly Cut[];
  /** What lies in other files, as far as it was come across. */
  external: External[];
  damaged(place: string, reason: string): AppError;
  /** A 64-bit number as a JavaScript one; throws `file_damaged` beyond 2⁵³, which no size or version is. */
  whole(value: bigint, place: string): number;
}

/** What decoding `file` needs. */
export function createReading(file: Blob, name: string, cuts: readonly Cut[]): Reading {
  const damaged: Reading['damaged'] = (place, reason) =>
    new AppError('file_damaged', { file: name, place, reason });
  return {
    name,
    file,
    cuts,
    external: [],
    damaged,
    whole(value, place) {
      const number = Number(value);
      if (!Number.isSafeInteger(number)) throw damaged(place, `has the number ${value}`);
      return number;
    },
  };
}
