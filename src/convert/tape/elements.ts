import type { Dtype } from '../../core/dtype';
import { toBfloat, toHalf } from '../../core/half';
import { invariant } from '../../core/problem';
import { bytesOf, viewElements, type TypedArray } from '../../core/tensor';

/** Numbers as the elements of a tensor of this dtype. */
export function elementsOf(dtype: Dtype, numbers: readonly (number | bigint | boolean)[]): TypedArray {
  if (dtype === 'int64') return BigInt64Array.from(numbers, wholeOf);
  if (dtype === 'uint64') return BigUint64Array.from(numbers, (value) => BigInt(value));
  if (dtype === 'float16') return toHalf(Float32Array.from(numbers, Number));
  if (dtype === 'bfloat16') return toBfloat(Float32Array.from(numbers, Number));
  if (dtype === 'bool') return Uint8Array.from(numbers, (value) => (Number(value) === 0 ? 0 : 1));
  const empty = viewElements(dtype, new Uint8Array(0));
  invariant(
    !(empty instanceof BigInt64Array) && !dtype.startsWith('complex'),
    `${dtype} holds plain numbers`,
  );
  const View = empty.constructor as new (values: number[]) => TypedArray;
  return new View(numbers.map(Number));
}

/** Fractions are cut off; what is no number is the least one, as processors make it. */
function wholeOf(value: number | bigint | boolean): bigint {
  if (typeof value !== 'number') return within(BigInt(value));
  if (Number.isFinite(value)) return within(BigInt(Math.trunc(value)));
  return value > 0 ? LAST : -LAST - 1n;
}

/** The end of everything is written 2⁶³, which is one more than there is. */
function within(value: bigint): bigint {
  return value > LAST ? LAST : value < -LAST ? -LAST - 1n : value;
}

const LAST = 2n ** 63n - 1n;

/** A text that is the same for the same elements. */
export function fingerprint(data: TypedArray): string {
  return Array.from(bytesOf(data), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
