import { describe, expect, test } from 'vitest';
import { callAten, finishModel, knownOperators, Tape, Tensor, type Result } from '../src/convert';
import { encodeOnnx } from '../src/formats/onnx';
import { readElements } from '../src/formats/checkpoint/elements';
import { checkModel } from '../src/ir/check';
import { printModel } from '../src/ir/print';
import { checkTypes } from '../src/passes/check-types';
import { argumentsOn, expectedOf, freeing, recordedCases, recordedPrograms, type Case } from './aten';
import { check, run } from './aten-run';

const files = recordedCases();

describe.each(files)('Torch operators: $file', ({ cases }) => {
  const ways = cases.flatMap((one, at) => [
    { one, isFree: false, opset: 17, name: `${one.op} ${at}` },
    // What an operator says of free sizes is no number that could be compared.
    ...(one.fixed === 'as recorded'
      ? []
      : [{ one, isFree: true, opset: 17, name: `${one.op} ${at} with free sizes` }]),
    { one, isFree: false, opset: 21, name: `${one.op} ${at} for operator set 21` },
  ]);
  test.each(ways)('$name', async ({ one, isFree, opset }) => {
    const reason = one.gap ?? (isFree ? one.fixed : undefined);
    const compared = isFree ? freeing((kept) => compare(one, kept, opset)) : compare(one, null, opset);
    if (reason === undefined) await compared;
    else await expect(compared).rejects.toThrow(new RegExp(escaped(reason)));
  });
});

test('every operator that is written down has a recorded case', () => {
  const calls = [...files.flatMap(({ cases }) => cases), ...recordedPrograms().flatMap(({ steps }) => steps)];
  const tried = new Set(calls.map(({ op }) => op.split('.')[0]));
  expect(knownOperators().filter((name) => !tried.has(name))).toEqual([]);
});

async function compare(one: Case, kept: ReadonlySet<string> | null, opset: number): Promise<void> {
  const tape = new Tape({ opset });
  const { given, named, feeds } = argumentsOn(tape, one, kept);
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
    else check(outputs[`y${at}`], expected, result, one.tolerance, printModel(model));
  }
}

function flattened(result: Result): (Tensor | Exclude<Result, readonly unknown[]>)[] {
  return Array.isArray(result) ? (result as Tensor[]) : [result as Tensor];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
