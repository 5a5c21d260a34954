import type { Value } from '../../core/checkpoint';
import { dtypes } from '../../core/dtype';
import { formatCount } from '../../core/format';
import { AppError } from '../../core/problem';
import { PickleEnds } from '../pickle/machine';
import type { Report } from '../checkpoint/report';
import { nestedLoader } from './nested';
import { placeParts } from './persistent';
import { readStream, type Stream } from './stream';

/** The pickles stand before the numbers: most fit the first megabyte. */
const FIRST_WINDOW = 2 ** 20;
/** Pickles with the sources of many classes have a few MB. */
const MAX_PICKLES_BYTES = 512 * 2 ** 20;

/**
 * What a file of the years before torch 1.6 holds: pickles one behind the other, then the storages' bytes, which stay
 * slices of the file. Throws `file_damaged` and `file_truncated`.
 */
export async function readLegacy(file: Blob, name: string, report: Report): Promise<Value> {
  const { value, persistent, bigEndian, places } = await readPickles(file, name, report);
  for (const { key, start } of places) {
    const storage = persistent.storages.get(key);
    if (!storage) continue;
    const place = `storage ${key}`;
    if (start + storage.bytes > file.size) {
      const found = Math.max(0, file.size - start);
      throw new AppError('file_truncated', { file: name, place, expected: storage.bytes, found });
    }
    const head = new DataView(await file.slice(start - 8, start).arrayBuffer());
    const count = Number(head.getBigUint64(0, !bigEndian));
    const expected = (storage.bytes * 8) / dtypes[storage.dtype].bits;
    if (Math.abs(count - expected) >= 8 / dtypes[storage.dtype].bits) {
      throw new AppError('file_damaged', {
        file: name,
        place,
        reason: `it says it has ${formatCount(count)} elements; the pickle says ${formatCount(expected)}`,
      });
    }
    storage.blob = file.slice(start, start + storage.bytes);
    storage.bigEndian = bigEndian;
  }
  const lost = [...persistent.storages.values()].find(({ blob, bytes }) => blob === null && bytes > 0);
  if (lost)
    throw new AppError('file_damaged', {
      file: name,
      place: `storage ${lost.key}`,
      reason: 'the file does not hold these numbers, which its pickle names',
    });
  placeParts(persistent);
  return value;
}

/** The pickles, from as much of the file as they take. */
async function readPickles(file: Blob, name: string, report: Report): Promise<Stream> {
  for (let window = FIRST_WINDOW; ; window *= 8) {
    const bytes = new Uint8Array(await file.slice(0, window).arrayBuffer());
    const fresh: Report = { imports: new Set(), findings: [], sources: [] };
    try {
      const stream = readStream(bytes, name, fresh, [nestedLoader(name, fresh)]);
      for (const one of fresh.imports) report.imports.add(one);
      report.findings.push(...fresh.findings);
      report.sources.push(...fresh.sources);
      return stream;
    } catch (error) {
      if (!(error instanceof PickleEnds)) throw error;
      if (window >= file.size) {
        throw new AppError('file_truncated', {
          file: name,
          place: 'the pickle',
          expected: error.needed,
          found: file.size,
        });
      }
      if (window >= MAX_PICKLES_BYTES)
        throw new AppError('file_damaged', {
          file: name,
          place: 'the pickle',
          reason: 'it is longer than any real one',
        });
    }
  }
}
