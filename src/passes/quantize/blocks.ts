import { fromHalf, toHalf } from '../../core/half';

/** A weight in blocks of 4-bit integers from -8 to 7 that share a scale. */
export interface Blocks {
  /** One integer an element, in the order of the weight. */
  integers: Int8Array;
  /** One scale a block, `[outer, blocks, inner]`. */
  scales: Float32Array<ArrayBuffer>;
  /** The scales as 16-bit floats where these hold them well enough. */
  halves: Uint16Array<ArrayBuffer> | null;
}

/**
 * Splits `[outer, length, inner]` along its middle dimension into blocks and quantizes each with the scale that
 * makes the squared error smallest, as it will be stored.
 */
export function quantizeBlocks(
  floats: Float32Array,
  [outer, length, inner]: readonly [number, number, number],
  block: number,
): Blocks {
  const count = Math.ceil(length / block);
  const scales = new Float32Array(outer * count * inner);
  const values = new Float32Array(block);
  const read = (o: number, b: number, i: number): number => {
    const size = Math.min(block, length - b * block);
    for (let k = 0; k < size; k++) values[k] = floats[(o * length + b * block + k) * inner + i] as number;
    return size;
  };
  const each = (visit: (o: number, b: number, i: number, at: number) => void): void => {
    let at = 0;
    for (let o = 0; o < outer; o++) {
      for (let b = 0; b < count; b++) for (let i = 0; i < inner; i++) visit(o, b, i, at++);
    }
  };
  each((o, b, i, at) => (scales[at] = bestScale(values, read(o, b, i))));
  const halves = halvesOf(scales);
  if (halves) scales.set(fromHalf(halves));
  const integers = new Int8Array(floats.length);
  each((o, b, i, at) => {
    const size = read(o, b, i);
    const factor = 1 / (scales[at] as number);
    for (let k = 0; k < size; k++) {
      integers[(o * length + b * block + k) * inner + i] = nearest((values[k] as number) * factor);
    }
  });
  return { integers, scales, halves };
}

/** Two integers a byte, the first in the low half, as ONNX packs them. */
export function packNibbles(integers: Int8Array): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(Math.ceil(integers.length / 2));
  for (let i = 0; i < integers.length; i++) {
    packed[i >> 1] = (packed[i >> 1] as number) | (((integers[i] as number) & 15) << ((i & 1) * 4));
  }
  return packed;
}

/** How far the largest number is let outside the range, in tries: clipping one can sharpen all the others. */
const SHRINKS = [1.06, 1, 0.95, 0.9, 0.85, 0.8, 0.74, 0.68, 0.62];

/** The scale with the smallest squared error; negative where the largest number is positive, to reach -8. */
function bestScale(values: Float32Array, size: number): number {
  let extreme = 0;
  for (let k = 0; k < size; k++) {
    if (Math.abs(values[k] as number) > Math.abs(extreme)) extreme = values[k] as number;
  }
  if (extreme === 0 || !Number.isFinite(extreme)) return 1;
  let best = extreme / -8;
  let least = Infinity;
  for (const shrink of SHRINKS) {
    for (const levels of [-8, 7]) {
      const refined = refine(values, size, (extreme * shrink) / levels);
      const error = squaredError(values, size, refined);
      if (error < least) {
        least = error;
        best = refined;
      }
    }
  }
  return best;
}

/** The least-squares scale for the integers that a first scale gives. */
function refine(values: Float32Array, size: number, scale: number): number {
  let [cross, square] = [0, 0];
  for (let k = 0; k < size; k++) {
    const integer = nearest((values[k] as number) / scale);
    cross += integer * (values[k] as number);
    square += integer * integer;
  }
  return square === 0 || cross === 0 ? scale : cross / square;
}

function squaredError(values: Float32Array, size: number, scale: number): number {
  let error = 0;
  for (let k = 0; k < size; k++) {
    const value = values[k] as number;
    error += (value - nearest(value / scale) * scale) ** 2;
  }
  return error;
}

function nearest(value: number): number {
  const whole = Math.round(value);
  return whole > 7 ? 7 : whole < -8 ? -8 : whole;
}

/** Relative error of a 16-bit float; scales so small that it grows beyond this are kept in 32 bits. */
const HALF_ERROR = 1e-3;

function halvesOf(scales: Float32Array<ArrayBuffer>): Uint16Array<ArrayBuffer> | null {
  const halves = toHalf(scales);
  const back = fromHalf(halves);
  const faithful = scales.every(
    (scale, at) => Math.abs((back[at] as number) - scale) <= HALF_ERROR * Math.abs(scale),
  );
  return faithful ? halves : null;
}
