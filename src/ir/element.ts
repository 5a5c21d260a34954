import { dtypes, type Dtype } from '../core/dtype';
import { fromBfloat, fromHalf, toBfloat, toHalf } from '../core/half';

/**
 * A number as an element of this dtype: floats rounded to nearest even, whole numbers cut off and wrapped around.
 * `null` where that is not known: beyond 2⁵³ a number has lost its last bits, and what a processor makes of NaN or
 * infinity as a whole number differs, as do floats of 8 bits and fewer.
 */
export function elementOf(value: number, dtype: Dtype | null): number | null {
  switch (dtype) {
    case 'bool':
      return Number(value !== 0);
    case 'float64':
      return value;
    case 'float32':
      return Math.fround(value);
    case 'float16':
      return fromHalf(toHalf(Float32Array.of(value)))[0] ?? null;
    case 'bfloat16':
      return fromBfloat(toBfloat(Float32Array.of(value)))[0] ?? null;
    default:
      return dtype && isWhole(dtype) ? wrapped(Math.trunc(value), dtype) : null;
  }
}

/** Whether a dtype holds whole numbers only. */
export function isWhole(dtype: Dtype): boolean {
  return /^u?int/.test(dtype);
}

function wrapped(value: number, dtype: Dtype): number | null {
  if (!Number.isSafeInteger(value)) return null;
  const { bits } = dtypes[dtype];
  const whole = BigInt(value);
  const element = Number(dtype.startsWith('u') ? BigInt.asUintN(bits, whole) : BigInt.asIntN(bits, whole));
  return Number.isSafeInteger(element) ? element : null;
}
