import { describe, expect, test } from 'vitest';
import { finishModel } from '../src/convert';
import { TensorValue } from '../src/convert/torch/values';
import type { Dtype } from '../src/core/dtype';
import { readElements } from '../src/formats/checkpoint/elements';
import { encodeOnnx } from '../src/formats/onnx';
import { checkModel } from '../src/ir/check';
import { printModel } from '../src/ir/print';
import { checkTypes } from '../src/passes/check-types';
import { expectedOf, type Stored } from './aten';
import { check, run } from './aten-run';
import { definedNames, evaluate, recordedModules, type Case } from './modules';

const files = recordedModules();

/** Names that no case can show anything of, by what they are for. */
const uncomputed = {
  'facts of devices that are not there': [
    'current_device',
    'get_device_capability',
    'get_device_name',
    'is_bf16_supported',
    'synchronize',
  ],
  'only training asks for them': ['DataLoader', 'clip_grad_norm_', 'clip_grad_value_', 'random_split'],
  'networks are prepared for quantization': [
    'fuse_modules_qat',
    'get_default_qat_qconfig',
    'get_default_qconfig',
    'prepare',
    'prepare_qat',
  ],
  'a quantized state puts them in the place of layers of floats': [
    'DeQuantize',
    'LinearPackedParams',
    'PackedParameter',
    'QFunctional',
    'Quantize',
  ],
};

describe.each(files)('Parts of torch in Python: $file', ({ cases }) => {
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

test('every class and function of torch in Python is named in a recorded case', () => {
  const sources = files.flatMap(({ cases }) => cases.map(({ net, call }) => net ?? call ?? ''));
  const named = new Set(sources.flatMap((source) => source.match(/\w+/g) ?? []));
  const unnamed = new Set(definedNames().filter((name) => !named.has(name)));
  expect([...unnamed].sort()).toEqual(Object.values(uncomputed).flat().sort());
});

test.each([false, true])(
  'extremes of what belongs together come with their first rows, free: %s',
  async (isFree) => {
    const call = `def call(x, y):
    from torch_scatter import scatter_max, scatter_min
    return scatter_max(x, y, 0, None, 4)[1], scatter_min(x, y, 0, None, 4)[1]`;
    const integers = (...values: number[]) => BigInt64Array.from(values, BigInt);
    const of = (dtype: Dtype, dims: number[], { buffer }: Float32Array | BigInt64Array) => ({
      t: [dtype, dims, Buffer.from(buffer).toString('base64')] as Stored,
    });
    const args = [
      of('float32', [5, 2], Float32Array.of(1, 9, 4, 2, 7, 9, 5, 3, 4, 8)),
      of('int64', [5], integers(0, 2, 0, 1, 2)),
    ];
    // Nothing belongs to the last place.
    const out = [integers(2, 0, 3, 3, 1, 4, 5, 5), integers(0, 0, 3, 3, 1, 1, 5, 5)];
    await compare({ call, args, out: out.map((places) => of('int64', [4, 2], places)) }, isFree);
  },
);

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
