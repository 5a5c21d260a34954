import { expect, test } from 'vitest';
import { random } from '../../tests/random';
import { oracle } from '../../tests/oracle';
import { encodeOnnx } from '../formats/onnx';
import { buildModel, nodeOf } from '../ir/build';
import { tensorOf } from '../ir/data';
import type { Model } from '../ir/model';
import { sumOf } from './cost';
import { exposeValues } from './expose';
import { describeModel } from './facts';
import { inferMacs, inferShapes } from './infer-shapes';
import { moveToOpset } from './opset';

const model = buildModel((tape) => {
  const x = tape.input('x', 'float32', ['batch', 1, 28, 28]);
  const weight = tape.constant(tensorOf('w', 'float32', [8, 1, 3, 3], new Float32Array(72).fill(0.1)));
  const conv = tape.node('Conv', [x, weight], { strides: [2, 2] });
  const shape = tape.node('Shape', [conv]);
  const zero = tape.constant(tensorOf('zero', 'int64', [], BigInt64Array.of(0n)));
  const axes = tape.constant(tensorOf('axes', 'int64', [1], BigInt64Array.of(0n)));
  const batch = tape.node('Unsqueeze', [tape.node('Gather', [shape, zero]), axes]);
  const rest = tape.constant(tensorOf('rest', 'int64', [1], BigInt64Array.of(-1n)));
  const flat = tape.node('Reshape', [conv, tape.node('Concat', [batch, rest], { axis: 0 })]);
  const dense = tape.constant(tensorOf('dense', 'float32', [1352, 10], new Float32Array(13520)));
  tape.output(tape.node('MatMul', [flat, dense]), 'float32', ['batch', 10]);
});

test('named dimensions are carried through what a graph computes of shapes', () => {
  const shapes = inferShapes(model);
  expect(shapes.get('conv_0')?.shape).toEqual(['batch', 8, 13, 13]);
  expect(shapes.get('reshape_5')?.shape?.[0]).toBe('batch');
  expect(shapes.get('matmul_6')?.shape).toEqual(['batch', 10]);
});

const total = (of: Model) => sumOf(of.graph.nodes, inferMacs(of));

test('multiply-accumulates count one run with free dimensions at 1', () => {
  expect(total(model)).toBe(8 * 13 * 13 * 9 + 13520);
  expect([...inferMacs(model).values()].filter((macs) => macs !== 0)).toEqual([12168, 13520]);
  const odd: Model = { ...model, graph: { ...model.graph, nodes: [nodeOf('Mystery', ['x'], ['y'])] } };
  expect(total(odd)).toBeNull();
});

test('values inside the graph come out as further outputs', async () => {
  const watched = exposeValues(model, ['conv_0', 'w', 'matmul_6', 'conv_0']);
  expect(watched.graph.outputs.map(({ name }) => name)).toEqual(['matmul_6', 'conv_0', 'w:copy']);
  const run = await oracle(await encodeOnnx(watched));
  const outputs = await run({
    x: { dtype: 'float32', dims: [2, 1, 28, 28], data: new Float32Array(1568).fill(1) },
  });
  expect(outputs['conv_0']?.dims).toEqual([2, 8, 13, 13]);
  expect(Number(outputs['conv_0']?.data[0])).toBeCloseTo(0.9, 6);
  expect(() => exposeValues(model, ['nothing'])).toThrow(expect.objectContaining({ code: 'graph_no_value' }));
});

test('facts list what can be watched, in the order it is computed', async () => {
  const facts = await describeModel(model, new Blob(['12345']), 'abc');
  expect(facts).toMatchObject({ bytes: 5, sha256: 'abc', parameters: 13595, initializers: 5, subgraphs: 0 });
  expect(facts.operators).toEqual({
    Concat: 1,
    Conv: 1,
    Gather: 1,
    MatMul: 1,
    Reshape: 1,
    Shape: 1,
    Unsqueeze: 1,
  });
  expect(facts.values[0]).toEqual({
    name: 'conv_0',
    operator: 'Conv',
    dtype: 'float32',
    shape: ['batch', 8, 13, 13],
    elements: 1352,
  });
});

test('a model moves to a newer operator set, its nodes rewritten where they must be', async () => {
  const old = buildModel(
    (tape) => {
      const x = tape.input('x', 'float32', [2, 6, 4]);
      const clipped = tape.node('Clip', [x], { min: { float: -0.5 }, max: { float: 0.75 } });
      const padded = tape.node('Pad', [clipped], { pads: [0, 0, 1, 0, 0, 1], value: { float: 0.25 } });
      const cut = tape.node('Slice', [padded], { starts: [1], ends: [9000], axes: [2] });
      const mean = tape.node('ReduceMean', [cut], { axes: [1], keepdims: 0 });
      const wide = tape.node('Unsqueeze', [mean], { axes: [0] });
      const dropped = tape.node('Dropout', [wide], { ratio: { float: 0.5 } });
      tape.output(tape.node('Softmax', [dropped], { axis: 2 }), 'float32', [1, 2, 5]);
    },
    { opset: 9 },
  );
  const moved = moveToOpset(old, 21, 10);
  if (typeof moved === 'string') throw new Error(moved);
  expect(moved).toMatchObject({ irVersion: 10, opsets: new Map([['', 21]]) });
  const feeds = { x: { dtype: 'float32' as const, dims: [2, 6, 4], data: random(48, 3, 1) } };
  const [before, after] = await Promise.all(
    [old, moved].map(async (each) => (await oracle(await encodeOnnx(each)))(feeds)),
  );
  expect(after).toEqual(before);
});

test('a model stays where a node cannot be rewritten', () => {
  const wide = buildModel(
    (tape) => {
      tape.output(tape.node('Softmax', [tape.input('x', 'float32', [2, 3, 4])]), 'float32', [2, 3, 4]);
    },
    { opset: 11 },
  );
  expect(moveToOpset(wide, 21, 10)).toBe('Softmax cannot move there: it spans several axes');
  expect(moveToOpset(wide, 11, 6)).toBe(wide);
});
