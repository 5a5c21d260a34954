import type { Dtype } from '../core/dtype';
import { canMake, makeTensor } from '../core/make-tensor';
import { toNumbers } from '../core/numbers';
import { AppError } from '../core/problem';
import { elementCount, formatShape } from '../core/shape';
import type { PlainTensor } from '../core/tensor';
import { apart } from './apart';

/** Arrays by their names, as somebody recorded them. */
export type Arrays = ReadonlyMap<string, PlainTensor>;

/** An output beside what was recorded for it. */
export interface Compared {
  name: string;
  /** Largest absolute difference; infinite where the two cannot be compared. */
  difference: number;
  /** Why they cannot be compared, as what a sentence says of the output; `null` where they can. */
  reason: string | null;
}

/** What is expected of a converted float32 network: PyTorch and ONNX Runtime add up in another order. */
export const TOLERANCE = 1e-4;

/**
 * Recorded inputs as a model takes them: by name where names agree, else in their order, and as its dtype. Throws
 * `run_input_missing`.
 */
export function feedsFrom(
  inputs: readonly { name: string; dtype: Dtype | null }[],
  arrays: Arrays,
): Record<string, PlainTensor> {
  const byName = inputs.some(({ name }) => arrays.has(name));
  const ordered = [...arrays.values()];
  return Object.fromEntries(
    inputs.map(({ name, dtype }, at) => {
      const array = byName ? arrays.get(name) : ordered[at];
      if (array) return [name, asDtype(array, dtype ?? array.dtype)];
      const detail = { file: 'The recorded inputs', input: name, arrays: [...arrays.keys()] };
      throw new AppError('run_input_missing', detail);
    }),
  );
}

/** Outputs beside recorded ones: by name where names agree, else in their order. */
export function compareOutputs(
  names: readonly string[],
  found: Readonly<Record<string, PlainTensor>>,
  recorded: Arrays,
): Compared[] {
  const byName = names.some((name) => recorded.has(name));
  const ordered = [...recorded.values()];
  return names.flatMap((name, at) => {
    const expected = byName ? recorded.get(name) : ordered[at];
    const given = found[name];
    return expected && given ? [compare(name, given, expected)] : [];
  });
}

function compare(name: string, given: PlainTensor, expected: PlainTensor): Compared {
  const [shape, wanted] = [formatShape(given.dims), formatShape(expected.dims)];
  if (shape !== wanted)
    return { name, difference: Infinity, reason: `is ${shape} where ${wanted} was recorded` };
  const [a, b] = [numbersIn(given), numbersIn(expected)];
  if (a === null || b === null)
    return { name, difference: Infinity, reason: 'is of a type that cannot be compared' };
  const { largest } = apart(a, b);
  const reason = 'is no number where one was recorded, or the other way round';
  return { name, difference: largest, reason: Number.isFinite(largest) ? null : reason };
}

/** Recorded numbers as the dtype that the model takes; NumPy makes float64 where nobody asks. */
function asDtype(array: PlainTensor, dtype: Dtype): PlainTensor {
  const numbers = array.dtype === dtype || !canMake(dtype) ? null : numbersIn(array);
  return numbers === null ? array : makeTensor(dtype, array.dims, numbers);
}

function numbersIn({ dtype, dims, data }: PlainTensor): ArrayLike<number> | null {
  return Array.isArray(data) ? null : toNumbers(dtype, data, elementCount(dims));
}
