import { describe, expect, test } from 'vitest';
import { oracle } from '../../tests/oracle';
import { random } from '../../tests/random';
import { encodeOnnx } from '../formats/onnx';
import type { attributes } from '../ir/attributes';
import { buildModel } from '../ir/build';
import { checkModel } from '../ir/check';
import { tensorOf } from '../ir/data';
import type { Model } from '../ir/model';
import { splitBiases } from './split-biases';

interface Layer {
  op: string;
  input: number[];
  weight: number[];
  axis: number;
  more?: Parameters<typeof attributes>[0];
}

const layers: Layer[] = [
  { op: 'Conv', input: [2, 3, 4, 4], weight: [2, 3, 1, 1], axis: 0 },
  { op: 'Conv', input: [1, 3, 6], weight: [2, 3, 3], axis: 0 },
  { op: 'ConvTranspose', input: [1, 3, 4, 4], weight: [3, 2, 2, 2], axis: 1 },
  { op: 'Gemm', input: [4, 3], weight: [2, 3], axis: 0, more: { transB: 1 } },
  { op: 'Gemm', input: [5, 3], weight: [2, 3], axis: 0, more: { transB: 1, beta: { float: 0.5 } } },
];

const count = (dims: readonly number[]) => dims.reduce((product, dim) => product * dim, 1);

/** One layer of two channels in 8 bits; a step of its output is 0.05. */
function layer({ op, input, weight, axis, more = {} }: Layer, scales: number[], bias = [1, 2.75]): Model {
  const model = buildModel((tape) => {
    const one = (name: string, value: number) =>
      tape.constant(tensorOf(name, 'float32', [], Float32Array.of(value)));
    const zero = tape.constant(tensorOf('zero', 'uint8', [], Uint8Array.of(100)));
    const bytes = Int8Array.from(random(count(weight), 2, 120));
    const w = tape.constant(tensorOf('w', 'int8', weight, bytes));
    const each = tape.constant(tensorOf('each', 'float32', [2], Float32Array.from(scales)));
    const b = tape.constant(tensorOf('b', 'float32', [2], Float32Array.from(bias)));
    const steps = tape.input('x', 'uint8', input);
    const x = tape.node('DequantizeLinear', [steps, one('scale', 0.005), zero]);
    const weights = tape.node('DequantizeLinear', [w, each], { axis });
    const found = tape.node(op, [x, weights, b], more);
    const out = tape.node('QuantizeLinear', [found, one('out', 0.05), zero]);
    tape.output(out, 'uint8', op === 'Gemm' ? [null, 2] : [null, 2, ...weight.slice(2).map(() => null)]);
  });
  // Nodes are named as in converted models, where ONNX Runtime wants each name once.
  const nodes = model.graph.nodes.map((node) => ({ ...node, name: node.outputs[0] ?? '' }));
  return { ...model, graph: { ...model.graph, nodes } };
}

async function run(model: Model, { input }: Layer, level: 'all' | 'disabled'): Promise<number[]> {
  const judge = await oracle(await encodeOnnx(model), { graphOptimizationLevel: level });
  const data = Uint8Array.from(random(count(input), 1, 1), (value) => Math.floor(Math.abs(value) * 255));
  const [output] = Object.values(await judge({ x: { dtype: 'uint8', dims: input, data } }));
  return Array.from(output?.data as Uint8Array);
}

describe('Biases of more steps than 32 bits hold', () => {
  test.for(layers)('are added behind their layer: $op of $weight', async (one) => {
    const model = layer(one, [0.01, 1e-7]);
    const wanted = await run(model, one, 'disabled');
    const split = await splitBiases(model);
    expect(split.graph.nodes.map(({ op }) => op)).toEqual([
      ...['DequantizeLinear', 'DequantizeLinear', one.op, 'Add', 'QuantizeLinear'],
    ]);
    expect(checkModel(split)).toEqual([]);
    const found = await run(split, one, 'all');
    expect(found).toHaveLength(wanted.length);
    for (const [at, step] of found.entries())
      expect(Math.abs(step - (wanted[at] ?? NaN))).toBeLessThanOrEqual(1);
    expect(await splitBiases(split)).toBe(split);
  });

  test.for(layers)('are not these, which stay: $op of $weight', async (one) => {
    for (const model of [layer(one, [0.01, 1e-5]), layer(one, [0.01, 1e-7], [1, 0.1])])
      expect(await splitBiases(model)).toBe(model);
  });

  test('are not in layers of floats', async () => {
    const model = buildModel((tape) => {
      const w = tape.constant(tensorOf('w', 'float32', [2, 3], new Float32Array(6).fill(1e-12)));
      const b = tape.constant(tensorOf('b', 'float32', [2], Float32Array.of(1, 2)));
      const found = tape.node('Gemm', [tape.input('x', 'float32', [4, 3]), w, b], { transB: 1 });
      tape.output(found, 'float32', [4, 2]);
    });
    expect(await splitBiases(model)).toBe(model);
  });
});
