import type { Dtype } from '../core/dtype';
import { toNumbers } from '../core/numbers';
import { AppError } from '../core/problem';
import { elementCount, formatShape } from '../core/shape';
import type { PlainTensor } from '../core/tensor';
import { knownOf } from '../ir/known';
import type { Model } from '../ir/model';
import type { Proof } from './request';

/**
 * The largest difference between what a model gives and what was recorded; infinite where dtypes or sizes differ.
 * Throws what running it throws, and `run_input_missing`.
 */
export async function prove(model: Model, proof: Proof): Promise<{ maxAbsError: number; notes: string[] }> {
  const found = await proof.run(model, feedsFor(model, proof.inputs));
  const names = model.graph.outputs.map(({ name }) => name);
  const isNamed = names.some((name) => proof.outputs.has(name));
  const recorded = [...proof.outputs.values()];
  const notes: string[] = [];
  let maxAbsError = 0;
  let compared = 0;
  for (const [at, name] of names.entries()) {
    const expected = isNamed ? proof.outputs.get(name) : recorded[at];
    const given = found[name];
    if (!expected || !given) continue;
    compared += 1;
    const difference = largestDifference(given, expected);
    if (typeof difference === 'string') notes.push(`The output ${name} ${difference}.`);
    maxAbsError = Math.max(maxAbsError, typeof difference === 'string' ? Infinity : difference);
  }
  if (compared === 0)
    return { maxAbsError: Infinity, notes: ['No recorded output belongs to one of the model.'] };
  if (maxAbsError > proof.tolerance && notes.length === 0) {
    notes.push(
      `It differs from the recorded outputs by up to ${maxAbsError.toExponential(1)}; ${proof.tolerance} is accepted.`,
    );
  }
  return { maxAbsError, notes };
}

/** The arrays as the model's inputs: by name where names agree, else in their order. */
function feedsFor(model: Model, arrays: ReadonlyMap<string, PlainTensor>): Record<string, PlainTensor> {
  const constants = new Set(model.graph.initializers.map(({ name }) => name));
  const inputs = model.graph.inputs.filter(({ name }) => !constants.has(name));
  const isNamed = inputs.some(({ name }) => arrays.has(name));
  const ordered = [...arrays.values()];
  const feeds: Record<string, PlainTensor> = {};
  for (const [at, { name, type }] of inputs.entries()) {
    const array = isNamed ? arrays.get(name) : ordered[at];
    if (array === undefined) {
      const detail = { file: 'The recorded inputs', input: name, arrays: [...arrays.keys()] };
      throw new AppError('run_input_missing', detail);
    }
    feeds[name] = asDtype(array, knownOf(type).dtype ?? array.dtype);
  }
  return feeds;
}

/** Recorded numbers as the dtype that the model takes; NumPy makes float64 where nobody asks. */
function asDtype(array: PlainTensor, dtype: Dtype): PlainTensor {
  if (array.dtype === dtype || Array.isArray(array.data)) return array;
  const numbers = toNumbers(array.dtype, array.data, elementCount(array.dims));
  if (numbers === null) return array;
  if (dtype === 'float32') return { ...array, dtype, data: Float32Array.from(numbers) };
  if (dtype === 'int64') {
    return {
      ...array,
      dtype,
      data: BigInt64Array.from(Array.from(numbers, (one) => BigInt(Math.trunc(one)))),
    };
  }
  if (dtype === 'float64') return { ...array, dtype, data: Float64Array.from(numbers) };
  return array;
}

/** The largest difference of elements, or in what two tensors cannot be compared. */
function largestDifference(given: PlainTensor, expected: PlainTensor): number | string {
  if (formatShape(given.dims) !== formatShape(expected.dims)) {
    return `is ${formatShape(given.dims)} where ${formatShape(expected.dims)} was recorded`;
  }
  const [a, b] = [numbersOf(given), numbersOf(expected)];
  if (a === null || b === null) return 'is of a type that cannot be compared';
  let largest = 0;
  for (let at = 0; at < b.length; at++) {
    const [x, y] = [a[at] ?? NaN, b[at] ?? NaN];
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue;
    const difference = Math.abs(x - y);
    if (Number.isNaN(difference)) return 'is no number where one was recorded, or the other way round';
    largest = Math.max(largest, difference);
  }
  return largest;
}

function numbersOf({ dtype, dims, data }: PlainTensor): ArrayLike<number> | null {
  return Array.isArray(data) ? null : toNumbers(dtype, data, elementCount(dims));
}
