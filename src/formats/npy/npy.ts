import type { StoredTensor } from '../../core/checkpoint';
import { byteLength } from '../../core/dtype';
import { AppError } from '../../core/problem';
import { elementCount } from '../../core/shape';
import { describeCheckpoint } from '../checkpoint/describe';
import { createReport } from '../checkpoint/report';
import { contiguous, storageOf } from '../checkpoint/storage';
import type { Format } from '../format';
import { parseHeader, type Header } from './header';

/** One NumPy array, of which only the header is read. */
export const npy: Format = {
  id: 'npy',
  label: 'NumPy array',
  extensions: ['.npy'],
  spec: 'https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html',
  async sniff(probe) {
    return new TextDecoder('latin1').decode((await probe.head()).subarray(0, 6)) === '\u0093NUMPY';
  },
  async read(file, { name }) {
    const header = await parseHeader(file, name);
    const tensor = viewArray(header, { blob: file, size: file.size, packed: false }, name);
    const found = {
      file: name,
      bytes: file.size,
      format: 'npy',
      root: tensor,
      report: createReport(),
      layout: 'arrays',
    } as const;
    return { kind: 'checkpoint', checkpoint: describeCheckpoint(found) };
  },
};

/** The array behind a header as a slice of its file; throws `file_truncated`, and `file_damaged` for arrays of text. */
export function viewArray(
  { dtype, dims, start, text, bigEndian, columnMajor }: Header,
  { blob, size, packed }: { blob: Blob; size: number; packed: boolean },
  name: string,
): StoredTensor {
  if (text > 0)
    throw new AppError('file_damaged', {
      file: name,
      place: 'the header',
      reason: 'it is an array of text, not of numbers',
    });
  const expected = byteLength(dtype, elementCount(dims));
  if (size - start < expected) {
    throw new AppError('file_truncated', {
      file: name,
      place: 'the array',
      expected,
      found: Math.max(0, size - start),
    });
  }
  const storage = {
    ...storageOf(name, dtype, packed ? blob : blob.slice(start, start + expected)),
    ...{ bytes: expected, bigEndian, packed: packed ? { skip: start } : null },
  };
  const tensor = contiguous(dtype, dims, storage);
  return columnMajor ? { ...tensor, strides: dims.map((_, at) => elementCount(dims.slice(0, at))) } : tensor;
}
