import type { Constant } from '../syntax';

/** CPython reads integers of up to 4,300 digits. */
const MAX_DIGITS = 4300;

/** What a number of a source is: an integer, a float, or the number before `j`; `null` if it has too many digits. */
export function readNumber(text: string): { value: Constant & (bigint | number); imaginary: boolean } | null {
  const plain = text.replaceAll('_', '').toLowerCase();
  if (plain.length > MAX_DIGITS) return null;
  if (/^0[xob]/.test(plain)) return { value: BigInt(plain), imaginary: false };
  if (plain.endsWith('j')) return { value: Number(plain.slice(0, -1)), imaginary: true };
  return { value: /[.e]/.test(plain) ? Number(plain) : BigInt(plain), imaginary: false };
}
