/** A float as Python shows it: the fewest digits that give it back, with a point or an exponent. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return specialText(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 16) {
    const digits = mantissa.replace(/[-.]/g, '');
    const sign = value < 0 ? '-' : '';
    if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`;
    const whole = digits.slice(0, power + 1).padEnd(power + 1, '0');
    return `${sign}${whole}.${digits.slice(power + 1) || '0'}`;
  }
  return `${mantissa}e${exponentText(power)}`;
}

/** `inf`, `-inf` or `nan`. */
export function specialText(value: number): string {
  return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
}

/** An exponent with its sign and at least two digits. */
export function exponentText(power: number): string {
  return `${power < 0 ? '-' : '+'}${Math.abs(power).toString().padStart(2, '0')}`;
}

/**
 * `|value| · 10^places` rounded to a whole number, to the even one of two that are as near: exact, as the float's
 * binary digits are taken for what they are.
 */
export function scaled(value: number, places: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(value));
  const raw = bits.getBigUint64(0);
  const stored = Number(raw >> 52n);
  const mantissa = (raw & (2n ** 52n - 1n)) | (stored === 0 ? 0n : 2n ** 52n);
  const power = Math.max(stored, 1) - 1075;
  const top = mantissa * (power > 0 ? 2n ** BigInt(power) : 1n) * (places > 0 ? 10n ** BigInt(places) : 1n);
  const bottom = (power < 0 ? 2n ** BigInt(-power) : 1n) * (places < 0 ? 10n ** BigInt(-places) : 1n);
  return divideToEven(top, bottom);
}

/** `top / bottom` of positive integers, rounded to the nearest, and to the even one of two that are as near. */
export function divideToEven(top: bigint, bottom: bigint): bigint {
  const quotient = top / bottom;
  const twice = (top % bottom) * 2n;
  return twice > bottom || (twice === bottom && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** `|value|` with so many digits behind the point. */
export function fixedText(value: number, places: number): string {
  const digits = scaled(value, places)
    .toString()
    .padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** The digits and the power of ten of `|value|` with so many digits behind the first. */
export function exponentParts(value: number, places: number): { digits: string; power: number } {
  if (value === 0) return { digits: '0'.repeat(places + 1), power: 0 };
  let power = Math.floor(Math.log10(Math.abs(value)));
  let digits = scaled(value, places - power).toString();
  // The logarithm may miss by one, and rounding may give a digit more.
  if (digits.length <= places) {
    power -= 1;
    digits = scaled(value, places - power).toString();
  }
  if (digits.length > places + 1) {
    power += 1;
    digits = scaled(value, places - power).toString();
  }
  return { digits, power };
}
