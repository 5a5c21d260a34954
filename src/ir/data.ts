import { byteLength, dtypes, type Dtype } from '../core/dtype';
import { fromBfloat, fromHalf } from '../core/half';
import type { Job } from '../core/job';
import { toNumbers } from '../core/numbers';
import { AppError, invariant } from '../core/problem';
import { elementCount } from '../core/shape';
import { bytesOf, viewElements, type TypedArray } from '../core/tensor';
import type { External, Tensor } from './model';

/**
 * The elements of a tensor, row-major. Throws `file_external_missing`, `file_external_short` where the other
 * file is not here or too short, and `file_tensor_length` where the bytes do not fit the dimensions.
 */
export async function readTensor(tensor: Tensor): Promise<TypedArray> {
  const bytes = await readBytes(tensor);
  const expected = byteLength(tensor.dtype, elementCount(tensor.dims));
  if (bytes.length !== expected) {
    const detail = { tensor: tensor.name, dims: [...tensor.dims], dtype: tensor.dtype };
    throw new AppError('file_tensor_length', { ...detail, expected, found: bytes.length });
  }
  return viewElements(tensor.dtype, bytes);
}

/** Elements read at one time from a tensor that is gone through piece by piece. */
const PIECE_ELEMENTS = 2 ** 20;

/**
 * The elements from the one numbered `from` on, `count` of them, as numbers; `null` for complex numbers and strings.
 * Throws as `readTensor` does.
 */
export async function readNumbers(
  tensor: Tensor,
  from: number,
  count: number,
): Promise<ArrayLike<number> | null> {
  const bits = dtypes[tensor.dtype].bits;
  if (tensor.dtype === 'string') return null;
  // Sub-byte elements begin inside a byte: the piece begins at the byte and drops what lies before.
  const first = Math.floor((from * bits) / 8);
  const skipped = Math.round(from - (first * 8) / bits);
  const end = Math.ceil(((from + count) * bits) / 8);
  const bytes = new Uint8Array(await tensorBlob(tensor).slice(first, end).arrayBuffer());
  const numbers = toNumbers(tensor.dtype, viewElements(tensor.dtype, bytes), count + skipped);
  return numbers && skipped > 0 ? Array.from(numbers).slice(skipped) : numbers;
}

/** Elements of whole bytes, `count` from the one numbered `from` on; throws as `readTensor` does. */
export async function readPiece(tensor: Tensor, from: number, count: number): Promise<TypedArray> {
  const size = dtypes[tensor.dtype].bits / 8;
  const piece = tensorBlob(tensor).slice(from * size, (from + count) * size);
  return viewElements(tensor.dtype, new Uint8Array(await piece.arrayBuffer()));
}

/** All elements as numbers, piece by piece with the place of each piece's first; none for strings and complex. */
export async function* numberPieces(
  tensor: Tensor,
  job: Job,
): AsyncGenerator<{ from: number; numbers: ArrayLike<number> }> {
  const total = elementCount(tensor.dims);
  for (let from = 0; from < total; from += PIECE_ELEMENTS) {
    const count = Math.min(PIECE_ELEMENTS, total - from);
    const numbers = await readNumbers(tensor, from, count);
    if (numbers === null) return;
    yield { from, numbers };
    await job.progress({ step: 'tensor', done: from + count, total, unit: 'elements' });
  }
}

/** The packed bytes of a tensor that is not of strings; throws as `readTensor` does. */
async function readBytes(tensor: Tensor): Promise<Uint8Array<ArrayBuffer>> {
  const { data } = tensor;
  invariant(data.kind !== 'strings', 'only numbers are read as bytes');
  if (data.kind === 'bytes') return data.bytes;
  return new Uint8Array(await elementsBlob(tensor, data).arrayBuffer());
}

/** The packed bytes of a tensor as a Blob that is not read; throws as `readTensor` does. */
export function tensorBlob(tensor: Tensor): Blob {
  const { data } = tensor;
  invariant(data.kind !== 'strings', 'only numbers lie in Blobs');
  return data.kind === 'bytes' ? new Blob([data.bytes]) : elementsBlob(tensor, data);
}

function elementsBlob(tensor: Tensor, data: { kind: 'blob'; blob: Blob } | External): Blob {
  if (data.kind === 'blob') return data.blob;
  if (!data.blob) {
    throw new AppError('file_external_missing', { file: data.file, locations: [data.location] });
  }
  return externalSlice(data, tensor.name);
}

/** The stretch of another file that holds a tensor; throws `file_external_short`. */
export function externalSlice(data: External, tensor = 'of it'): Blob {
  invariant(data.blob, 'the other file is here');
  const end = data.offset + data.bytes;
  if (end > data.blob.size) {
    const { file, location } = data;
    throw new AppError('file_external_short', {
      file,
      location,
      tensor,
      expected: end,
      found: data.blob.size,
    });
  }
  return data.blob.slice(data.offset, end);
}

/** Bytes of a tensor's elements as they are stored, known without reading them. */
export function storedBytes(tensor: Tensor): number {
  const { data } = tensor;
  if (data.kind === 'bytes') return data.bytes.length;
  if (data.kind === 'blob') return data.blob.size;
  if (data.kind === 'external') return data.bytes;
  return data.values.reduce((sum, text) => sum + text.length, 0);
}

/** The elements of a floating point tensor as float32, `null` for other types; throws as `readTensor` does. */
export async function readFloats(tensor: Tensor): Promise<Float32Array<ArrayBuffer> | null> {
  const elements = await readTensor(tensor);
  if (elements instanceof Float32Array) return elements;
  if (elements instanceof Float64Array) return Float32Array.from(elements);
  if (tensor.dtype === 'float16' && elements instanceof Uint16Array) return fromHalf(elements);
  if (tensor.dtype === 'bfloat16' && elements instanceof Uint16Array) return fromBfloat(elements);
  return null;
}

/** A tensor of elements in memory. */
export function tensorOf(name: string, dtype: Dtype, dims: readonly number[], elements: TypedArray): Tensor {
  return {
    name,
    dtype,
    dims,
    data: { kind: 'bytes', bytes: bytesOf(elements) },
    doc: '',
    metadata: new Map(),
  };
}

/** A tensor whose packed bytes lie in a Blob. */
export function tensorIn(name: string, dtype: Dtype, dims: readonly number[], blob: Blob): Tensor {
  return { name, dtype, dims, data: { kind: 'blob', blob }, doc: '', metadata: new Map() };
}
