/**
 * The 16-bit floats: IEEE 754 binary16 and bfloat16, as bits in a `Uint16Array`.
 * @see https://en.wikipedia.org/wiki/Half-precision_floating-point_format
 */

const floats = new Float32Array(1);
const bits = new Uint32Array(floats.buffer);

/** binary16 bits of each float32, rounded to nearest even; beyond 65504 infinity. */
export function toHalf(values: Float32Array): Uint16Array<ArrayBuffer> {
  const source = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < halves.length; i++) halves[i] = halfBits(source[i] as number);
  return halves;
}

/** The float32 of each binary16, exactly. */
export function fromHalf(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(halves.length);
  for (let i = 0; i < values.length; i++) values[i] = halfValue(halves[i] as number);
  return values;
}

/** bfloat16 bits of each float32, rounded to nearest even. */
export function toBfloat(values: Float32Array): Uint16Array<ArrayBuffer> {
  const source = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(source, (word) => {
    if ((word & 0x7fffffff) > 0x7f800000) return (word >>> 16) | 0x40;
    return (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
  });
}

/** The float32 of each bfloat16, exactly. */
export function fromBfloat(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const words = new Uint32Array(halves.length);
  for (let i = 0; i < words.length; i++) words[i] = (halves[i] as number) << 16;
  return new Float32Array(words.buffer);
}

function halfBits(word: number): number {
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) {
    const rounded = magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1);
    return sign | (rounded >>> 13);
  }
  return sign | subnormalBits(magnitude);
}

/** Below 2⁻¹⁴ a half counts units of 2⁻²⁴; adding 1.5 × 2²³ units rounds to nearest even in the float unit. */
function subnormalBits(magnitude: number): number {
  if (magnitude < 0x33000000) return 0;
  bits[0] = magnitude;
  floats[0] = (floats[0] as number) * 16777216 + 12582912;
  return bits[0] & 0x7ff;
}

function halfValue(half: number): number {
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  const sign = half & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
