import { describe, expect, test } from 'vitest';
import { finishModel } from '../src/convert';
import { TensorValue } from '../src/convert/torch/values';
import { readElements } from '../src/formats/checkpoint/elements';
import { encodeOnnx } from '../src/formats/onnx';
import { checkModel } from '../src/ir/check';
import { printModel } from '../src/ir/print';
import { checkTypes } from '../src/passes/check-types';
import { expectedOf } from './aten';
import { check, run } from './aten-run';
import { evaluate, recordedModules, type Case } from './modules';

describe.each(recordedModules())('Parts of torch in Python: $file', ({ cases }) => {
  const ways = cases.flatMap((one, at) => {
    const name = `${at} ${(one.net ?? one.call ?? '').replace(/^net = |^def call\((.*)\):\n {4}(return )?/, '').slice(0, 90)}`;
    return [
      { one, isFree: false, name },
      { one, isFree: true, name: `${name} with a free batch` },
    ];
  });
  test.each(ways)('$name', async ({ one, isFree }) => {
    const reason = one.gap ?? (isFree ? one.fixed : undefined);
    if (reason === undefined) await compare(one, isFree);
    else await expect(compare(one, isFree)).rejects.toThrow(reason);
  });
});

async function compare(one: Case, isFree: boolean): Promise<void> {
  const { tape, feeds, results, keys } = evaluate(one, isFree);
  expect(keys).toEqual(one.keys ?? []);
  const tensors = results.flatMap((value, at) =>
    value instanceof TensorValue ? [{ name: `y${at}`, tensor: value.tensor }] : [],
  );
  const model = await finishModel(tape, tensors, { file: 'case.onnx', read: readElements });
  const findings = [...checkModel(model), ...checkTypes(model)].filter(({ code }) => code !== 'graph_empty');
  expect(findings, printModel(model)).toEqual([]);
  const outputs =
    tensors.length === 0 ? {} : await run(await encodeOnnx(model), feeds, printModel(model), exact(one));
  expect(results.length).toBe(one.out.length);
  for (const [at, encoded] of one.out.entries()) {
    const expected = expectedOf(encoded);
    const result = results[at];
    if (result instanceof TensorValue && expected !== null && typeof expected === 'object')
      check(outputs[`y${at}`], expected, result.tensor, one.tolerance, printModel(model));
    else expect(typeof result === 'bigint' ? Number(result) : result).toEqual(expected);
  }
}

/** Fused products of 8 bits overflow 16 on processors without VNNI: steps are multiplied as the floats they stand for. */
function exact({ state = {} }: Case) {
  const isQuantized = Object.values(state).some((value) => JSON.stringify(value).startsWith('{"q"'));
  return isQuantized ? { graphOptimizationLevel: 'disabled' as const } : {};
}
