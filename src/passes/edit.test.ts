import { expect, test } from 'vitest';
import { checkModel } from '../ir/check';
import type { Edit } from '../core/edit';
import { buildModel, nodeOf, valueOf } from '../ir/build';
import { tensorOf } from '../ir/data';
import { inferShapes } from './infer-shapes';
import { editModel } from './edit';
import { setDimension } from './edit-dims';

const model = buildModel((tape) => {
  const x = tape.input('x', 'float32', ['batch', 4]);
  const w = tape.constant(tensorOf('w', 'float32', [4, 2], new Float32Array(8)));
  const unused = tape.constant(tensorOf('v', 'float32', [4, 3], new Float32Array(12)));
  tape.output(tape.node('MatMul', [x, w]), 'float32', ['batch', 2]);
  tape.output(tape.node('MatMul', [x, unused]), 'float32', ['batch', 3]);
});

test('a renamed input is renamed wherever it is taken', () => {
  const edited = editModel(model, [{ kind: 'rename port', from: 'x', to: 'image' }]);
  expect(edited.graph.nodes.map(({ inputs }) => inputs[0])).toEqual(['image', 'image']);
  expect(edited.graph.inputs[0]?.name).toBe('image');
  expect(checkModel(edited)).toEqual([]);
});

test('a name that is taken, empty or not there is refused', () => {
  for (const [from, to] of [
    ['x', 'w'],
    ['x', ' '],
    ['nothing', 'y'],
  ] as const) {
    expect(() => editModel(model, [{ kind: 'rename port', from, to }])).toThrow(
      expect.objectContaining({ code: 'edit_refused' }),
    );
  }
});

test('a name that a graph inside gives to a value is refused', () => {
  const branch = { ...model.graph, inputs: [], nodes: [nodeOf('Relu', ['w'], ['inner'])] };
  const branches = new Map([
    ['then_branch', { kind: 'graph' as const, value: branch }],
    ['else_branch', { kind: 'graph' as const, value: branch }],
  ]);
  const nodes = [...model.graph.nodes, nodeOf('If', ['c'], ['z'], branches)];
  const choosing = { ...model, graph: { ...model.graph, nodes } };
  expect(() => editModel(choosing, [{ kind: 'rename port', from: 'x', to: 'inner' }])).toThrow(
    expect.objectContaining({ code: 'edit_refused' }),
  );
});

test('a fixed dimension is carried through, a freed one is open', () => {
  const fixed = editModel(model, [{ kind: 'set dimension', name: 'batch', to: 8 }]);
  expect(inferShapes(fixed).get('matmul_0')?.shape).toEqual([8, 2]);
  const freed = editModel(fixed, [{ kind: 'set axis', port: 'x', axis: 0, to: 'n' }]);
  expect(freed.graph.inputs[0]?.type).toMatchObject({ shape: ['n', 4] });
  expect(freed.graph.outputs[0]?.type).toMatchObject({ shape: ['n', 2] });
  expect(() => editModel(model, [{ kind: 'set dimension', name: 'batch', to: -1 }])).toThrow();
});

test('a size that the graph contradicts is refused with the place', () => {
  const to = (axis: number): Edit => ({ kind: 'set axis', port: 'matmul_0', axis, to: 5 });
  expect(() => editModel(model, [to(1)])).toThrow(
    expect.objectContaining({
      code: 'edit_refused',
      detail: expect.objectContaining({ reason: expect.stringContaining('matmul_0') as string }) as object,
    }),
  );
  expect(editModel(model, [to(0)]).graph.outputs[0]?.type).toMatchObject({ shape: [5, 2] });
});

test('a named dimension is set in graphs inside and in functions too', () => {
  const inner = { ...model.graph, values: [valueOf('v', 'float32', ['batch'])], nodes: [] };
  const holder = nodeOf('If', ['c'], ['z'], new Map([['then_branch', { kind: 'graph', value: inner }]]));
  const edited = setDimension(
    { ...model, graph: { ...model.graph, nodes: [...model.graph.nodes, holder] } },
    'batch',
    3,
  );
  const attribute = edited.graph.nodes.at(-1)?.attributes.get('then_branch');
  expect(attribute).toMatchObject({ value: { values: [{ type: { shape: [3] } }] } });
});

test('a dropped output takes with it what only it needed', () => {
  const edited = editModel(model, [{ kind: 'drop output', name: 'matmul_1' }]);
  expect(edited.graph.nodes).toHaveLength(1);
  expect(edited.graph.initializers.map(({ name }) => name)).toEqual(['w']);
  expect(checkModel(edited)).toEqual([]);
  expect(() => editModel(edited, [{ kind: 'drop output', name: 'matmul_0' }])).toThrow();
});

test('metadata, documents, producer, operator sets and training are set', () => {
  const edited = editModel({ ...model, training: [{ ...NO_TRAINING }] }, [
    { kind: 'set metadata', key: 'author', value: 'me' },
    { kind: 'set metadata', key: 'gone', value: null },
    { kind: 'set document', text: 'Reads digits.' },
    { kind: 'rename model', name: 'digits' },
    { kind: 'set producer', name: 'inkling', version: '1' },
    { kind: 'set opset', domain: '', version: 18 },
    { kind: 'remove training' },
  ]);
  expect(edited).toMatchObject({
    doc: 'Reads digits.',
    producer: { name: 'inkling', version: '1' },
    training: [],
  });
  expect([...edited.metadata]).toEqual([['author', 'me']]);
  expect(edited.graph.name).toBe('digits');
  expect(edited.opsets.get('')).toBe(18);
});

const NO_TRAINING = {
  initialization: null,
  algorithm: null,
  initializationBinding: new Map(),
  updateBinding: new Map(),
};
