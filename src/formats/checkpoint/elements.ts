import type { Storage, StoredTensor } from '../../core/checkpoint';
import { dtypes } from '../../core/dtype';
import { toNumbers } from '../../core/numbers';
import { AppError } from '../../core/problem';
import { elementCount } from '../../core/shape';
import { isContiguous } from '../../core/strides';
import { viewElements, type TypedArray } from '../../core/tensor';
import { inflate } from '../zip/inflate';
import { densify } from './sparse';

/** Elements unpacked at one time; a tensor that repeats one element may claim any number of them. */
const MAX_ELEMENTS = 2 ** 28;

/**
 * The elements of a tensor row-major, whatever its strides, little-endian, as they are stored: quantized ones are
 * steps of their scale, a sparse tensor comes out dense. Reads its own stretch of the file only. Throws
 * `file_tensor_length` where the file is shorter than it says, `file_tensor_large` beyond 2²⁸ elements.
 */
export async function readElements(tensor: StoredTensor, name = ''): Promise<TypedArray> {
  const count = elementCount(tensor.dims);
  if (count > MAX_ELEMENTS) {
    const { dims, dtype } = tensor;
    throw new AppError('file_tensor_large', { tensor: name, dims, dtype, limit: MAX_ELEMENTS });
  }
  if (tensor.sparse) return densify(tensor, tensor.sparse, (part) => readElements(part, name));
  const bytes = await stretch(tensor, name);
  const size = dtypes[tensor.dtype].bits / 8;
  if (tensor.storage.bigEndian) swap(bytes, tensor.dtype.startsWith('complex') ? size / 2 : size);
  const packed = isContiguous(tensor) ? bytes : gather(bytes, tensor);
  return viewElements(tensor.dtype, packed);
}

/**
 * The elements as numbers to calculate with: quantized ones times their scale, half floats widened; `null` for
 * complex numbers. Throws as `readElements` does.
 */
export async function readValues(tensor: StoredTensor, name = ''): Promise<ArrayLike<number> | null> {
  const count = elementCount(tensor.dims);
  const steps = toNumbers(tensor.dtype, await readElements(tensor, name), count);
  const { quantization } = tensor;
  if (steps === null || quantization === null) return steps;
  if (quantization.kind === 'tensor') {
    // PyTorch calculates with scales of 32 bits.
    const scale = Math.fround(quantization.scale);
    return Float32Array.from(
      { length: count },
      (_, at) => ((steps[at] ?? 0) - quantization.zeroPoint) * scale,
    );
  }
  const scales = await readValues(quantization.scales, name);
  const zeros = await readValues(quantization.zeroPoints, name);
  const each = elementCount(tensor.dims.slice(quantization.axis + 1));
  const channels = tensor.dims[quantization.axis] ?? 1;
  return Float32Array.from({ length: count }, (_, at) => {
    const channel = Math.floor(at / each) % channels;
    return ((steps[at] ?? 0) - (zeros?.[channel] ?? 0)) * Math.fround(scales?.[channel] ?? NaN);
  });
}

/** The bytes from the first element of a tensor to its last. */
async function stretch(tensor: StoredTensor, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const { dims, strides, offset, dtype, storage } = tensor;
  if (dims.includes(0)) return new Uint8Array(0);
  const last = dims.reduce((sum, dim, at) => sum + (dim - 1) * (strides[at] ?? 0), offset);
  const bits = dtypes[dtype].bits;
  const from = Math.floor((offset * bits) / 8);
  const to = Math.ceil(((last + 1) * bits) / 8);
  const bytes = await storageBytes(storage, from, to);
  if (bytes.length !== to - from) {
    const detail = { tensor: name, dims: [...dims], dtype };
    throw new AppError('file_tensor_length', { ...detail, expected: to - from, found: bytes.length });
  }
  return bytes;
}

async function storageBytes(
  { blob, packed }: Storage,
  from: number,
  to: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (blob === null) return new Uint8Array(0);
  if (packed === null) return new Uint8Array(await blob.slice(from, to).arrayBuffer());
  return inflate(blob, packed.skip + from, packed.skip + to);
}

/** Elements picked by strides from bytes that begin at the first one. */
function gather(
  bytes: Uint8Array<ArrayBuffer>,
  { dims, strides, dtype }: StoredTensor,
): Uint8Array<ArrayBuffer> {
  const size = Math.max(1, dtypes[dtype].bits / 8);
  const count = elementCount(dims);
  const rows = new Uint8Array(count * size);
  const index = dims.map(() => 0);
  let from = 0;
  for (let at = 0; at < count; at++) {
    for (let byte = 0; byte < size; byte++) rows[at * size + byte] = bytes[from * size + byte] ?? 0;
    for (let d = dims.length - 1; d >= 0; d--) {
      const next = (index[d] ?? 0) + 1;
      const stride = strides[d] ?? 0;
      if (next < (dims[d] ?? 1)) {
        index[d] = next;
        from += stride;
        break;
      }
      index[d] = 0;
      from -= (next - 1) * stride;
    }
  }
  return rows;
}

function swap(bytes: Uint8Array, size: number): void {
  if (size < 2) return;
  for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}
