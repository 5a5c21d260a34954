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
 * makes the squared error smallest, as it will be stored. `pause` is awaited every few milliseconds of work with
 * the share of it that is done.
 */
export async function quantizeBlocks(
  floats: Float32Array,
  [outer, length, inner]: readonly [number, number, number],
  block: number,
  pause: (share: number) => Promise<void>,
): Promise<Blocks> {
  const count = Math.ceil(length / block);
  const scales = new Float32Array(outer * count * inner);
  const integers = new Int8Array(floats.length);
  const values = new Float32Array(block);
  const size = (row: number) => Math.min(block, length - (row % count) * block);
  // A row of blocks begins at this element and steps by `inner` inside each block.
  const start = (row: number) => (Math.floor(row / count) * length + (row % count) * block) * inner;
  const rows = outer * count;
  const step = Math.max(1, Math.floor(PAUSE_ELEMENTS / (block * inner)));
  const eachRow = async (from: number, visit: (row: number) => void): Promise<void> => {
    for (let row = 0; row < rows; row++) {
      visit(row);
      if (row % step === step - 1) await pause(from + (1 - from) * (row / rows));
    }
  };
  await eachRow(0, (row) => {
    const [first, length] = [start(row), size(row)];
    for (let i = 0; i < inner; i++) {
      for (let k = 0; k < length; k++) values[k] = floats[first + k * inner + i] as number;
      scales[row * inner + i] = bestScale(values, length);
    }
  });
  const halves = halvesOf(scales);
  if (halves) scales.set(fromHalf(halves));
  await eachRow(SEARCH_SHARE, (row) => {
    const [first, length] = [start(row), size(row)];
    for (let i = 0; i < inner; i++) {
      const factor = 1 / (scales[row * inner + i] as number);
      for (let k = 0; k < length; k++) {
        const at = first + k * inner + i;
        integers[at] = nearest((floats[at] as number) * factor);
      }
    }
  });
  return { integers, scales, halves };
}

/** Elements between pauses: about 10 ms of searching. */
const PAUSE_ELEMENTS = 100_000;
/** How much of the work is searching for scales. */
const SEARCH_SHARE = 0.9;

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

/**
 * The scale with the smallest squared error: each try gives integers, and these their least-squares scale, whose
 * error is Σ value² - (Σ value · integer)² / Σ integer². Negative where that lets the largest number reach -8.
 */
function bestScale(values: Float32Array, size: number): number {
  let extreme = 0;
  for (let k = 0; k < size; k++) {
    const value = values[k] as number;
    if (Math.abs(value) > Math.abs(extreme)) extreme = value;
  }
  if (extreme === 0 || !Number.isFinite(extreme)) return 1;
  let best = extreme / -8;
  let most = 0;
  for (let attempt = 0; attempt < SHRINKS.length * 2; attempt++) {
    const factor = (attempt % 2 === 0 ? -8 : 7) / (extreme * (SHRINKS[attempt >> 1] as number));
    let cross = 0;
    let square = 0;
    for (let k = 0; k < size; k++) {
      const value = values[k] as number;
      const integer = nearest(value * factor);
      cross += integer * value;
      square += integer * integer;
    }
    if (cross * cross > most * square) {
      most = (cross * cross) / square;
      best = cross / square;
    }
  }
  return best;
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
