import { describe, expect, test } from 'vitest';
import { toHalf } from '../core/half';
import { createJob } from '../core/job';
import type { PlainTensor } from '../core/tensor';
import { encodeOnnx } from '../formats/onnx';
import { buildModel, nodeOf, valueOf } from '../ir/build';
import { tensorOf } from '../ir/data';
import type { Model } from '../ir/model';
import { oracle } from '../../tests/oracle';
import { dropDead } from './drop-dead';
import { dropIdentities } from './drop-identities';
import { foldConstants } from './fold-constants';
import { fuseBatchnorm } from './fuse-batchnorm';
import { shareConstants } from './share-constants';
import { simplify } from './simplify';

const floats = (count: number, step = 0.37) =>
  Float32Array.from({ length: count }, (_, at) => Math.sin(at * step) + 1.5);
const operators = (model: Model) => model.graph.nodes.map(({ op }) => op);

/** The largest difference between what two models give for `x` of these dimensions. */
async function difference(a: Model, b: Model, dims: number[]): Promise<number> {
  const data = floats(
    dims.reduce((product, dim) => product * dim, 1),
    0.21,
  );
  const x: PlainTensor = { dtype: 'float32', dims, data };
  const [one, two] = await Promise.all(
    [a, b].map(async (model) => (await oracle(await encodeOnnx(model)))({ x })),
  );
  const [before, after] = [one, two].map((outputs) => Object.values(outputs ?? {})[0]?.data as Float32Array);
  return Math.max(...Array.from(before ?? [], (value, at) => Math.abs(value - (after?.[at] ?? NaN))));
}

/** A layer, and a batch norm behind it. */
function normed(
  op: string,
  dims: number[],
  image: number[],
  attributes: Record<string, number>,
  channels: number,
  bias: boolean,
  trains = 0,
) {
  return buildModel((tape) => {
    const x = tape.input('x', 'float32', ['batch', ...image]);
    const weight = tape.constant(
      tensorOf('layer.weight', 'float32', dims, floats(dims.reduce((a, b) => a * b))),
    );
    const inputs = bias
      ? [tape.constant(tensorOf('layer.bias', 'float32', [channels], floats(channels)))]
      : [];
    const parts = ['scale', 'shift', 'mean', 'var'].map((name, at) =>
      tape.constant(tensorOf(`norm.${name}`, 'float32', [channels], floats(channels, 0.5 + at))),
    );
    const layer = tape.node(op, [x, weight, ...inputs], attributes);
    const y = tape.node('BatchNormalization', [layer, ...parts], {
      epsilon: { float: 0.001 },
      training_mode: trains,
    });
    tape.output(y, 'float32', ['batch', ...new Array<null>(image.length).fill(null)]);
  });
}

describe('fuse-batchnorm', () => {
  test.each([
    ['Conv', [4, 1, 3, 3], [2, 6, 6], { group: 2 }, 4, true],
    ['Conv', [4, 2, 3], [2, 6], {}, 4, false],
    ['ConvTranspose', [2, 3, 3, 3], [2, 6, 6], {}, 3, true],
    ['Gemm', [5, 3], [3], { transB: 1 }, 5, true],
    ['Gemm', [3, 5], [3], {}, 5, false],
  ] as const)(
    '%s of %j takes the norm into its weights',
    async (op, dims, image, attributes, channels, bias) => {
      const model = normed(op, [...dims], [...image], attributes, channels, bias);
      const fused = dropDead(await fuseBatchnorm(model));
      expect(operators(fused)).toEqual([op]);
      expect(fused.graph.initializers.map(({ name }) => name)).toEqual(['layer.weight', 'layer.bias']);
      // Products are added in another order: the usual tolerance of float32.
      expect(await difference(model, fused, [2, ...image])).toBeLessThan(1e-4);
    },
  );

  test('leaves a layer alone whose result something else takes', async () => {
    const model = normed('Conv', [4, 2, 3], [2, 6], {}, 4, false);
    const inner = model.graph.nodes[0]?.outputs[0] ?? '';
    const outputs = [...model.graph.outputs, { name: inner, type: null, doc: '', metadata: new Map() }];
    const watched = { ...model, graph: { ...model.graph, outputs } };
    expect(operators(await fuseBatchnorm(watched))).toEqual(['Conv', 'BatchNormalization']);
  });

  test('leaves a norm alone that takes mean and variance of what comes', async () => {
    const model = normed('Conv', [4, 2, 3], [2, 6], {}, 4, false, 1);
    expect(await fuseBatchnorm(model)).toBe(model);
  });
});

describe('fold-constants', () => {
  test('widens 16-bit weights once, and reshapes constants', async () => {
    const model = buildModel((tape) => {
      const x = tape.input('x', 'float32', ['batch', 4]);
      const half = tape.constant(tensorOf('w', 'float16', [8], toHalf(floats(8))));
      const wide = tape.node('Cast', [half], { to: 1 });
      const shape = tape.constant(tensorOf('shape', 'int64', [2], BigInt64Array.of(4n, 2n)));
      tape.output(tape.node('MatMul', [x, tape.node('Reshape', [wide, shape])]), 'float32', ['batch', 2]);
    });
    const folded = dropDead(await foldConstants(model));
    expect(operators(folded)).toEqual(['MatMul']);
    expect(folded.graph.initializers.map(({ dtype, dims }) => [dtype, dims])).toEqual([['float32', [4, 2]]]);
    expect(await difference(model, folded, [3, 4])).toBe(0);
  });
});

test('drop-identities keeps the names of inputs and outputs', async () => {
  const model = buildModel((tape) => {
    const x = tape.input('x', 'float32', ['batch', 4]);
    const same = tape.node('Cast', [tape.node('Identity', [x])], { to: 1 });
    const y = tape.node('Relu', [same]);
    tape.output(tape.node('Identity', [tape.node('Dropout', [y])]), 'float32', ['batch', 4]);
    tape.output(tape.node('Identity', [x]), 'float32', ['batch', 4]);
  });
  const simpler = dropIdentities(model);
  expect(operators(simpler)).toEqual(['Relu', 'Identity']);
  expect(simpler.graph.nodes[0]?.outputs).toEqual([model.graph.outputs[0]?.name]);
  expect(await difference(model, simpler, [3, 4])).toBe(0);
});

test('share-constants keeps the first of constants that hold the same', async () => {
  const model = buildModel((tape) => {
    const x = tape.input('x', 'float32', ['batch', 4]);
    const [a = '', b = ''] = ['a', 'b'].map((name) =>
      tape.constant(tensorOf(name, 'float32', [4], floats(4))),
    );
    tape.output(tape.node('Mul', [tape.node('Add', [x, a]), b]), 'float32', ['batch', 4]);
  });
  const shared = shareConstants(model);
  expect(shared.graph.initializers.map(({ name }) => name)).toEqual(['a']);
  expect(await difference(model, shared, [3, 4])).toBe(0);
});

test('simplify does all of it and writes shapes down', async () => {
  const model = normed('Conv', [4, 2, 3, 3], [2, 6, 6], {}, 4, true);
  const longer = buildModel((tape) => {
    const x = tape.input('x', 'float32', ['batch', 2, 6, 6]);
    for (const tensor of model.graph.initializers) tape.constant(tensor);
    const names = model.graph.initializers.map(({ name }) => name);
    const conv = tape.node('Conv', [tape.node('Identity', [x]), ...names.slice(0, 2)]);
    const norm = tape.node('BatchNormalization', [conv, ...names.slice(2)], { epsilon: { float: 0.001 } });
    tape.output(tape.node('Relu', [norm]), 'float32', ['batch', 4, 4, 4]);
  });
  const simpler = await simplify(longer, createJob());
  expect(operators(simpler)).toEqual(['Conv', 'Relu']);
  expect(simpler.graph.values.map(({ type }) => type)).toMatchObject([{ shape: ['batch', 4, 4, 4] }]);
  expect(await difference(longer, simpler, [2, 2, 6, 6])).toBeLessThan(1e-4);
});

test('what no output needs is dropped from a graph of any depth', () => {
  const count = 15_000;
  const nodes = Array.from({ length: count }, (_, at) => nodeOf('Relu', [`v${at}`], [`v${at + 1}`]));
  const built = buildModel((tape) => {
    tape.input('v0', 'float32', [1]);
    tape.constant(tensorOf('unused', 'float32', [1], new Float32Array(1)));
  });
  const aside = nodeOf('Neg', ['v5'], ['aside']);
  const outputs = [valueOf(`v${count}`, 'float32', [1])];
  const dropped = dropDead({ ...built, graph: { ...built.graph, nodes: [...nodes, aside], outputs } });
  expect(dropped.graph.nodes).toEqual(nodes);
  expect(dropped.graph.initializers).toEqual([]);
});
