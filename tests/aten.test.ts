import { describe, expect, test } from 'vitest';
import { callAten, finishModel, knownOperators, Tape, Tensor, type Result } from '../src/convert';
import { toNumbers } from '../src/core/numbers';
import { elementCount, formatShape } from '../src/core/shape';
import type { PlainTensor } from '../src/core/tensor';
import { encodeOnnx } from '../src/formats/onnx';
import { readElements } from '../src/formats/checkpoint/elements';
import { checkModel } from '../src/ir/check';
import { printModel } from '../src/ir/print';
import { checkTypes } from '../src/passes/check-types';
import { argumentsOn, expectedOf, recordedCases, type Case } from './aten';
import { oracle } from './oracle';

/** float32 sums in another order; numbers of two decimals keep them this near. */
const TOLERANCE = 1e-5;

const files = recordedCases();

describe.each(files)('Torch operators: $file', ({ cases }) => {
  const ways = cases.flatMap((one, at) => [
    { one, isFree: false, name: `${one.op} ${at}` },
    { one, isFree: true, name: `${one.op} ${at} with free sizes` },
  ]);
  test.each(ways)('$name', async ({ one, isFree }) => {
    if (isFree && one.fixed === 'as recorded') return;
    const reason = one.gap ?? (isFree ? one.fixed : undefined);
    if (reason === undefined) await compare(one, isFree);
    else await expect(compare(one, isFree)).rejects.toThrow(new RegExp(escaped(reason)));
  });
});

test('every operator that is written down has a recorded case', () => {
  const tried = new Set(files.flatMap(({ cases }) => cases.map(({ op }) => op.split('.')[0])));
  expect(knownOperators().filter((name) => !tried.has(name))).toEqual([]);
});

async function compare(one: Case, isFree: boolean): Promise<void> {
  const tape = new Tape({ opset: 17 });
  const { given, named, feeds } = argumentsOn(tape, one, isFree);
  const results = flattened(tape.scope('model', () => callAten(tape, one.op, given, named))).slice(
    0,
    one.out.length,
  );
  const tensors = results.flatMap((tensor, at) =>
    tensor instanceof Tensor ? [{ name: `y${at}`, tensor }] : [],
  );
  const model = await finishModel(tape, tensors, { file: 'case.onnx', read: readElements });
  const findings = [...checkModel(model), ...checkTypes(model)].filter(({ code }) => code !== 'graph_empty');
  expect(findings, printModel(model)).toEqual([]);
  const outputs = tensors.length === 0 ? {} : await run(await encodeOnnx(model), feeds, printModel(model));
  for (const [at, encoded] of one.out.entries()) {
    const expected = expectedOf(encoded);
    const result = results[at];
    if (expected === null || typeof expected !== 'object') expect(result).toBe(expected);
    else check(outputs[`y${at}`], expected, result, one.tolerance ?? TOLERANCE, printModel(model));
  }
}

async function run(
  blob: Blob,
  feeds: Record<string, PlainTensor>,
  text: string,
): Promise<Record<string, PlainTensor>> {
  try {
    return await (
      await oracle(blob)
    )(feeds);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : 'refused'}\n${text}`, { cause: error });
  }
}

function check(
  found: PlainTensor | undefined,
  expected: PlainTensor,
  said: unknown,
  tolerance: number,
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
    (at) => !isNear(a![at]!, b![at]!, tolerance),
  );
  expect(wrong.map((at) => `${at}: ${a![at]} for ${b![at]}`).slice(0, 5), text).toEqual([]);
}

function isNear(a: number, b: number, tolerance: number): boolean {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * (1 + Math.abs(b));
}

function flattened(result: Result): (Tensor | Exclude<Result, readonly unknown[]>)[] {
  return Array.isArray(result) ? (result as Tensor[]) : [result as Tensor];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
