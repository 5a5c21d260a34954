import { expect } from 'vitest';
import { Tensor } from '../src/convert';
import { toNumbers } from '../src/core/numbers';
import { elementCount, formatShape } from '../src/core/shape';
import type { PlainTensor } from '../src/core/tensor';
import { oracle } from './oracle';

/** float32 sums in another order; numbers of two decimals keep them this near. */
const TOLERANCE = 1e-5;

/** What a model gives in ONNX Runtime; an error carries the model's text. */
export async function run(
  blob: Blob,
  feeds: Record<string, PlainTensor>,
  text: string,
  more: Parameters<typeof oracle>[1] = {},
): Promise<Record<string, PlainTensor>> {
  try {
    return await (
      await oracle(blob, more)
    )(feeds);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : 'refused'}\n${text}`, { cause: error });
  }
}

/** Compares an output with what PyTorch gave: dtype, sizes, what the tape said of them, and elements. */
export function check(
  found: PlainTensor | undefined,
  expected: PlainTensor,
  said: unknown,
  tolerance: number | undefined,
  text: string,
) {
  const type = (tensor: PlainTensor | undefined) => tensor && `${tensor.dtype} ${formatShape(tensor.dims)}`;
  expect(type(found), text).toBe(type(expected));
  if (!(said instanceof Tensor)) throw new Error('an operator gives tensors');
  const sizes = said.sizes.map((size, at) => (typeof size === 'number' ? size : expected.dims[at]));
  expect(sizes, text).toEqual(expected.dims);
  const count = elementCount(expected.dims);
  const [a, b] = [found, expected].map((one) => toNumbers(one!.dtype, one!.data as never, count)!);
  const wrong = Array.from({ length: count }, (_, at) => at).filter(
    (at) => !isNear(a![at]!, b![at]!, tolerance ?? TOLERANCE),
  );
  expect(wrong.map((at) => `${at}: ${a![at]} for ${b![at]}`).slice(0, 5), text).toEqual([]);
}

function isNear(a: number, b: number, tolerance: number): boolean {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * (1 + Math.abs(b));
}
