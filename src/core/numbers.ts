import { dtypes, type Dtype } from './dtype';
import { fromBfloat, fromHalf } from './half';
import type { TypedArray } from './tensor';

/**
 * Packed elements as numbers one can calculate with, 64-bit integers rounded to the nearest double; `null` for
 * complex numbers and strings. `count` says how many elements sub-byte types hold.
 */
export function toNumbers(dtype: Dtype, elements: TypedArray, count: number): ArrayLike<number> | null {
  if (dtype === 'complex64' || dtype === 'complex128' || dtype === 'string') return null;
  if (elements instanceof BigInt64Array || elements instanceof BigUint64Array) {
    return Float64Array.from(elements, Number);
  }
  if (dtype === 'float16' && elements instanceof Uint16Array) return fromHalf(elements);
  if (dtype === 'bfloat16' && elements instanceof Uint16Array) return fromBfloat(elements);
  const bits = dtypes[dtype].bits;
  const table = tables[dtype]?.();
  if (bits === 8 && table) return Float32Array.from(elements as Uint8Array, (byte) => table[byte] ?? NaN);
  if (bits < 8) return unpack(elements as Uint8Array, bits, count, table ?? null, dtype.startsWith('int'));
  return elements;
}

/** Elements narrower than a byte, the first in the lowest bits, as ONNX packs them. */
function unpack(
  bytes: Uint8Array,
  bits: number,
  count: number,
  table: readonly number[] | null,
  signed: boolean,
): Float32Array {
  const each = 8 / bits;
  const mask = 2 ** bits - 1;
  const half = 2 ** (bits - 1);
  return Float32Array.from({ length: count }, (_, at) => {
    const code = ((bytes[Math.floor(at / each)] ?? 0) >> (bits * (at % each))) & mask;
    if (table) return table[code] ?? NaN;
    return signed && code >= half ? code - 2 * half : code;
  });
}

/**
 * Every value of the small floats, by code.
 * @see https://onnx.ai/onnx/technical/float8.html and float4.html
 */
const tables: Partial<Record<Dtype, () => readonly number[]>> = {
  float8e4m3fn: () => codes(8, 4, 7, (code) => ((code & 0x7f) === 0x7f ? NaN : null)),
  float8e4m3fnuz: () => codes(8, 4, 8, (code) => (code === 0x80 ? NaN : null)),
  float8e5m2: () =>
    codes(8, 5, 15, (code) => {
      const magnitude = code & 0x7f;
      if (magnitude < 0x7c) return null;
      if (magnitude > 0x7c) return NaN;
      return code & 0x80 ? -Infinity : Infinity;
    }),
  float8e5m2fnuz: () => codes(8, 5, 16, (code) => (code === 0x80 ? NaN : null)),
  float8e8m0: () => Array.from({ length: 256 }, (_, code) => (code === 255 ? NaN : 2 ** (code - 127))),
  float4e2m1: () => codes(4, 2, 1, () => null),
};

/** A sign bit, `exponent` bits with a bias, and the rest; `special` answers for the codes that are none of that. */
function codes(
  bits: number,
  exponent: number,
  bias: number,
  special: (code: number) => number | null,
): readonly number[] {
  const mantissa = bits - 1 - exponent;
  return Array.from({ length: 2 ** bits }, (_, code) => {
    const named = special(code);
    if (named !== null) return named;
    const sign = code >> (bits - 1) ? -1 : 1;
    const power = (code >> mantissa) & (2 ** exponent - 1);
    const fraction = (code & (2 ** mantissa - 1)) / 2 ** mantissa;
    return power === 0 ? sign * fraction * 2 ** (1 - bias) : sign * (1 + fraction) * 2 ** (power - bias);
  });
}
