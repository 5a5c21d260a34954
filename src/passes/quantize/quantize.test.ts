import { expect, test } from 'vitest';
import { createJob } from '../../core/job';
import { fromHalf } from '../../core/half';
import { intOf } from '../../ir/attributes';
import { buildModel } from '../../ir/build';
import { readFloats, readTensor, tensorOf } from '../../ir/data';
import type { Model, Tensor } from '../../ir/model';
import { printModel } from '../../ir/print';
import { encodeOnnx } from '../../formats/onnx';
import { oracle } from '../../../tests/oracle';
import { random } from '../../../tests/random';
import { layersOf, schemes, type Scheme } from '.';

const [fp16, int8, int4] = schemes as [Scheme, Scheme, Scheme];

test('the schemes stand from the most faithful to the smallest', () => {
  expect(schemes.map(({ id }) => id)).toEqual(['fp16', 'int8', 'int4']);
});

test('int4 keeps names and small layers, and dequantizes in blocks', async () => {
  const small = await int4.apply(network(17), { block: '16' }, null, createJob());
  expect(printModel(small)).toBe(`ir 10, ai.onnx 21
main (image: float32[batch × 16 × 9 × 9]) => (gemm_5: float32[batch × 10])
  conv:int4 = int4[24 × 16 × 3 × 3]
  conv:scale:fp16 = float16[24 × 1 × 3 × 3]
  dense:int4 = int4[1176 × 40]
  dense:scale:fp16 = float16[74 × 40]
  last:int8 = int8[10 × 40]
  last:scale = float32[10]
  last.bias = float32[10]
  conv:scale = Cast <to=1>(conv:scale:fp16)
  conv = DequantizeLinear <axis=1, block_size=16>(conv:int4, conv:scale)
  dense:scale = Cast <to=1>(dense:scale:fp16)
  dense = DequantizeLinear <axis=0, block_size=16>(dense:int4, dense:scale)
  last = DequantizeLinear <axis=0>(last:int8, last:scale)
  conv_0 = Conv(image, conv)
  relu_1 = Relu(conv_0)
  flatten_2 = Flatten(relu_1)
  matmul_3 = MatMul(flatten_2, dense)
  relu_4 = Relu(matmul_3)
  gemm_5 = Gemm <transB=1>(relu_4, last, last.bias)`);
});

const cases = [
  { scheme: fp16, opset: 17 },
  { scheme: fp16, opset: 9 },
  { scheme: int8, opset: 17 },
  { scheme: int8, opset: 9 },
  { scheme: int4, opset: 21 },
  { scheme: int4, opset: 17 },
  { scheme: int4, opset: 11, old: true },
];

test.each(cases)(
  '$scheme.id of opset $opset computes with the numbers it stores',
  async ({ scheme, opset, old }) => {
    const model = network(opset, old);
    const smaller = await scheme.apply(model, {}, null, createJob());
    const judge = await oracle(await encodeOnnx(smaller));
    const simulated = await oracle(await encodeOnnx(await withStoredNumbers(model, smaller)));
    const feeds = { image: { dtype: 'float32' as const, dims: [3, 16, 9, 9], data: random(3 * 16 * 81, 5) } };
    const [given, expected] = [await judge(feeds), await simulated(feeds)].map(
      (o) => Object.values(o)[0]!.data,
    );
    for (let i = 0; i < 30; i++) expect(Number(given![i])).toBeCloseTo(Number(expected![i]), 4);
    const before = layersOf(model).reduce((sum, { bytes }) => sum + bytes, 0);
    const after = layersOf(smaller).reduce((sum, { bytes }) => sum + bytes, 0);
    expect(after / before).toBeLessThan({ fp16: 0.51, int8: 0.27, int4: 0.19 }[scheme.id]);
  },
);

test('4-bit numbers are off by at most half a step, but for the largest that are clipped', async () => {
  const model = network(21);
  const stored = await withStoredNumbers(model, await int4.apply(model, {}, null, createJob()));
  const [was, is] = await Promise.all([model, stored].map((m) => readFloats(m.graph.initializers[1]!)));
  const error = was!.reduce((sum, value, at) => sum + (value - is![at]!) ** 2, 0);
  const size = was!.reduce((sum, value) => sum + value ** 2, 0);
  expect(Math.sqrt(error / size)).toBeLessThan(0.09);
});

test('a model without weights has nothing to make smaller', async () => {
  const model = buildModel((tape) =>
    tape.output(tape.node('Relu', [tape.input('x', 'float32', [4])]), 'float32', [4]),
  );
  for (const scheme of schemes) {
    await expect(scheme.apply(model, {}, null, createJob())).rejects.toMatchObject({
      code: 'quantize_nothing',
    });
  }
});

test('weights beyond the range of 16-bit floats stay as they are', async () => {
  const large = new Float32Array(512).fill(1e6);
  const model = buildModel((tape) => {
    const x = tape.input('x', 'float32', [1, 512]);
    const product = tape.node('MatMul', [x, tape.constant(tensorOf('w', 'float32', [512, 1], large))]);
    tape.output(product, 'float32', [1, 1]);
  });
  await expect(fp16.apply(model, {}, null, createJob())).rejects.toMatchObject({ code: 'quantize_nothing' });
});

test.each(
  [NaN, Infinity, -Infinity].flatMap((odd) => [
    { odd, scheme: int8, opset: 17, other: 'conv:int8' },
    { odd, scheme: int8, opset: 9, other: 'conv:int8' },
    { odd, scheme: int4, opset: 17, other: 'conv:int4' },
  ]),
)(
  '$scheme.id of opset $opset leaves a weight that holds $odd as it is',
  async ({ odd, scheme, opset, other }) => {
    const model = withOdd(network(opset), odd);
    const { graph } = await scheme.apply(model, {}, null, createJob());
    expect(graph.initializers).toContain(model.graph.initializers[1]);
    expect(graph.initializers.map(({ name }) => name)).toContain(other);
  },
);

test('a product with a weight that holds NaN is not made one of 4 bits', async () => {
  const made = int4.apply(withOdd(network(11, true), NaN), {}, null, createJob());
  await expect(made).rejects.toMatchObject({ code: 'quantize_opset' });
});

/** The model with one number of its dense layer changed. */
function withOdd(model: Model, odd: number): Model {
  const [conv, dense, ...rest] = model.graph.initializers as [Tensor, Tensor, ...Tensor[]];
  const changed = tensorOf('dense', 'float32', dense.dims, random(1176 * 40, 2).with(777, odd));
  return { ...model, graph: { ...model.graph, initializers: [conv, changed, ...rest] } };
}

test.each([
  { scheme: fp16, opset: 5, needed: 6 },
  { scheme: fp16, opset: 6, needed: null },
  { scheme: int8, opset: 6, needed: 7 },
  { scheme: int8, opset: 7, needed: null },
  { scheme: int4, opset: 6, needed: 21 },
])(
  '$scheme.id of opset $opset is refused where no runtime could open it',
  async ({ scheme, opset, needed }) => {
    const made = scheme.apply(network(opset), {}, null, createJob());
    if (needed === null) expect((await made).opsets.get('')).toBe(opset);
    else await expect(made).rejects.toMatchObject({ code: 'quantize_opset', detail: { opset, needed } });
  },
);

/** A convolution and two dense layers; `old` adds a Softmax that no newer operator set has. */
function network(opset: number, old = false): Model {
  return buildModel(
    (tape) => {
      const weight = (name: string, dims: number[], seed: number) => {
        const count = dims.reduce((a, b) => a * b, 1);
        return tape.constant(tensorOf(name, 'float32', dims, random(count, seed)));
      };
      const image = tape.input('image', 'float32', ['batch', 16, 9, 9]);
      const relu = tape.node('Relu', [tape.node('Conv', [image, weight('conv', [24, 16, 3, 3], 1)])]);
      const flat = tape.node('Flatten', [old ? tape.node('Softmax', [relu], { axis: 1 }) : relu]);
      const dense = tape.node('Relu', [tape.node('MatMul', [flat, weight('dense', [1176, 40], 2)])]);
      const last = [weight('last', [10, 40], 3), weight('last.bias', [10], 4)];
      const logits = tape.node('Gemm', [dense, ...last], {
        transB: 1,
      });
      tape.output(logits, 'float32', ['batch', 10]);
    },
    { opset },
  );
}

/** The original model with each weight as the numbers that the smaller one stores for it. */
async function withStoredNumbers(model: Model, smaller: Model): Promise<Model> {
  const stored = new Map(smaller.graph.initializers.map((tensor) => [tensor.name, tensor]));
  const initializers = await Promise.all(
    model.graph.initializers.map(async (tensor) => {
      const floats = await restored(tensor, stored, smaller);
      return floats ? tensorOf(tensor.name, 'float32', tensor.dims, floats) : tensor;
    }),
  );
  return { ...model, graph: { ...model.graph, initializers } };
}

async function restored(tensor: Tensor, stored: ReadonlyMap<string, Tensor>, smaller: Model) {
  const { name, dims } = tensor;
  const half = stored.get(`${name}:fp16`);
  if (half) return fromHalf((await readTensor(half)) as Uint16Array);
  const scaleTensor = stored.get(`${name}:scale`) ?? stored.get(`${name}:scale:fp16`);
  if (!scaleTensor) return null;
  const scales = (await readFloats(scaleTensor))!;
  const count = dims.reduce((a, b) => a * b, 1);
  const eight = stored.get(`${name}:int8`);
  if (eight) {
    const values = (await readTensor(eight)) as Int8Array;
    const axis = dims.findIndex((dim, at) => dim === scales.length && (at === 0) === (name !== 'dense'));
    const inner = dims.slice(axis + 1).reduce((a, b) => a * b, 1);
    return Float32Array.from(values, (value, at) => value * scales[Math.floor(at / inner) % scales.length]!);
  }
  const four = stored.get(`${name}:int4`)!;
  const packed = (await readTensor(four)) as Uint8Array;
  const nibble = (at: number) => (packed[at >> 1]! >> ((at & 1) * 4)) & 15;
  const product = smaller.graph.nodes.find(
    (node) => node.op === 'MatMulNBits' && node.inputs[1] === four.name,
  );
  if (product) {
    const [columns, blocks, half2] = four.dims as [number, number, number];
    return Float32Array.from({ length: count }, (_, at) => {
      const [k, n] = [Math.floor(at / columns), at % columns];
      return (nibble(n * blocks * half2 * 2 + k) - 8) * scales[n * blocks + Math.floor(k / (half2 * 2))]!;
    });
  }
  const node = smaller.graph.nodes.find(({ outputs }) => outputs[0] === name)!;
  const [axis, block] = ['axis', 'block_size'].map((key) => intOf(node, key, 0));
  const inner = dims.slice(axis! + 1).reduce((a, b) => a * b, 1);
  const length = dims[axis!]!;
  const blocks = Math.ceil(length / block!);
  return Float32Array.from({ length: count }, (_, at) => {
    const [o, k, i] = [Math.floor(at / (length * inner)), Math.floor(at / inner) % length, at % inner];
    const signed = (nibble(at) << 28) >> 28;
    return signed * scales[(o * blocks + Math.floor(k / block!)) * inner + i]!;
  });
}
