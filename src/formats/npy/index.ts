import { byteLength, dtypes, type Dtype } from '../../core/dtype';
import { toNumbers } from '../../core/numbers';
import { AppError } from '../../core/problem';
import { elementCount } from '../../core/shape';
import { bytesOf, viewElements, type PlainTensor } from '../../core/tensor';
import { readZip, writeZip } from '../zip';
import { parseHeader } from './header';

/**
 * One NumPy array. Column-major and big-endian ones come out row-major and little-endian. Throws `file_truncated`
 * or `file_damaged`.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export async function readNpy(file: Blob, name: string): Promise<PlainTensor> {
  const header = await parseHeader(file, name);
  const { dtype, dims, start } = header;
  const expected =
    header.text > 0 ? elementCount(dims) * header.text * 4 : byteLength(dtype, elementCount(dims));
  const found = file.size - start;
  if (found < expected)
    throw new AppError('file_truncated', { file: name, place: 'the array', expected, found });
  const bytes = new Uint8Array(await file.slice(start, start + expected).arrayBuffer());
  const size = header.text > 0 ? header.text * 4 : dtypes[dtype].bits / 8;
  if (header.bigEndian) swapBytes(bytes, header.text > 0 ? 4 : dtype.startsWith('complex') ? size / 2 : size);
  const rows = header.columnMajor ? toRows(bytes, dims, size) : bytes;
  return { dtype, dims, data: header.text > 0 ? readTexts(rows, header.text) : viewElements(dtype, rows) };
}

/** A tensor as the bytes of a `.npy` file; text as fixed-width UTF-32, which is how NumPy keeps it. */
export function writeNpy({ dtype, dims, data }: PlainTensor): Uint8Array<ArrayBuffer> {
  const texts = Array.isArray(data)
    ? data.map((text) => Array.from(text, (c) => c.codePointAt(0) ?? 0))
    : null;
  const width = texts ? Math.max(1, ...texts.map((text) => text.length)) : 0;
  const body = texts
    ? texts.flatMap((text) => [...text, ...new Array<number>(width - text.length).fill(0)])
    : null;
  const bytes = Array.isArray(data) ? bytesOf(Uint32Array.from(body ?? [])) : bytesOf(data);
  const descr = texts ? `<U${width}` : (descriptors[dtype] ?? '|u1');
  const head = headOf(descr, dims);
  const file = new Uint8Array(head.length + bytes.length);
  file.set(head);
  file.set(bytes, head.length);
  return file;
}

/** Packed elements as a `.npy` file, not read; of types that NumPy has not, as the float32 numbers they stand for. */
export async function npyFile({
  dtype,
  dims,
  blob,
}: {
  dtype: Dtype;
  dims: readonly number[];
  blob: Blob;
}): Promise<Blob> {
  const descr = descriptors[dtype];
  if (descr !== undefined) return new Blob([headOf(descr, dims), blob]);
  const elements = viewElements(dtype, new Uint8Array(await blob.arrayBuffer()));
  const numbers = toNumbers(dtype, elements, elementCount(dims));
  return new Blob([headOf('<f4', dims), Float32Array.from(numbers ?? [])]);
}

function headOf(descr: string, dims: readonly number[]): Uint8Array<ArrayBuffer> {
  const shape = dims.length === 1 ? `(${dims.join('')},)` : `(${dims.join(', ')})`;
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
  const padded = dictionary.padEnd(Math.ceil((dictionary.length + 11) / 64) * 64 - 11) + '\n';
  const head = new Uint8Array(10 + padded.length);
  head.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, padded.length & 255, padded.length >> 8]);
  head.set(new TextEncoder().encode(padded), 10);
  return head;
}

const descriptors: Partial<Record<Dtype, string>> = {
  ...{ float16: '<f2', float32: '<f4', float64: '<f8', bool: '|b1', complex64: '<c8', complex128: '<c16' },
  ...{ int8: '|i1', int16: '<i2', int32: '<i4', int64: '<i8' },
  ...{ uint8: '|u1', uint16: '<u2', uint32: '<u4', uint64: '<u8' },
};

/** The arrays of a `.npz` archive by name; throws as `readNpy` and `readZip` do. */
export async function readNpz(file: Blob, name: string): Promise<Map<string, PlainTensor>> {
  const arrays = new Map<string, PlainTensor>();
  for (const entry of await readZip(file, name)) {
    if (!entry.name.endsWith('.npy')) continue;
    arrays.set(entry.name.slice(0, -'.npy'.length), await readNpy(await entry.read(), entry.name));
  }
  return arrays;
}

/** Arrays as a `.npz` archive, not compressed, as `numpy.savez` writes it. */
export function writeNpz(arrays: ReadonlyMap<string, PlainTensor>): Promise<Blob> {
  return writeZip(
    Array.from(arrays, ([name, tensor]) => ({ name: `${name}.npy`, blob: new Blob([writeNpy(tensor)]) })),
  );
}

function readTexts(bytes: Uint8Array<ArrayBuffer>, width: number): string[] {
  const points = new Uint32Array(bytes.buffer);
  return Array.from({ length: points.length / width }, (_, at) => {
    const places = points.subarray(at * width, (at + 1) * width);
    let text = '';
    // Zeros fill up what is left of the width.
    for (const point of places.subarray(0, places.findLastIndex(Boolean) + 1)) {
      text += point > LAST_POINT ? '\ufffd' : String.fromCodePoint(point);
    }
    return text;
  });
}

/** The last of Unicode. */
const LAST_POINT = 0x10ffff;

/** Turns the bytes of each number of `size` around. */
function swapBytes(bytes: Uint8Array, size: number): void {
  for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

/** Elements of `size` bytes in row-major order, from the first dimension varying fastest. */
function toRows(bytes: Uint8Array, dims: readonly number[], size: number): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array(bytes.length);
  const count = elementCount(dims);
  const index = dims.map(() => 0);
  for (let at = 0; at < count; at++) {
    let from = 0;
    for (let d = dims.length - 1; d >= 0; d--) from = from * (dims[d] ?? 1) + (index[d] ?? 0);
    rows.set(bytes.subarray(from * size, (from + 1) * size), at * size);
    for (let d = dims.length - 1; d >= 0; d--) {
      index[d] = (index[d] ?? 0) + 1;
      if ((index[d] ?? 0) < (dims[d] ?? 1)) break;
      index[d] = 0;
    }
  }
  return rows;
}
