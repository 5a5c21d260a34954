import type { Dtype } from './dtype';

/** Elements as JavaScript holds them; 16-bit floats and sub-byte types stay bits in unsigned arrays. */
export type TypedArray =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>;

const views: Partial<Record<Dtype, new (buffer: ArrayBuffer) => TypedArray>> = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  complex64: Float32Array,
  complex128: Float64Array,
};

/**
 * Packed little-endian bytes as the typed array of their dtype, bytes where JavaScript has none of its own.
 * Takes the buffer over without a copy where it is aligned; every engine this runs on is little-endian.
 */
export function viewElements(dtype: Dtype, bytes: Uint8Array<ArrayBuffer>): TypedArray {
  const View = views[dtype];
  if (View === undefined) return bytes;
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return new View(whole ? bytes.buffer : bytes.slice().buffer);
}

/** The bytes a typed array views, without a copy. */
export function bytesOf(array: TypedArray): Uint8Array<ArrayBuffer> {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** What a tensor holds, outside any runtime: typed arrays, or strings. */
export type TensorData = TypedArray | string[];

/** A tensor as plain data: crosses workers, `data` packed in row-major order. */
export interface PlainTensor {
  dtype: Dtype;
  dims: number[];
  data: TensorData;
}
