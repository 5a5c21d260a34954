import { expect, test } from 'vitest';
import { attributes } from './attributes';
import { buildModel, nodeOf } from './build';
import { checkModel } from './check';
import { tensorIn, tensorOf, readTensor } from './data';
import type { Model, Node } from './model';
import type { Operator } from './op';
import { operatorOf } from './operators';
import { printModel } from './print';
import { allGraphs, consumersOf, inOrder, usesOf } from './walk';

const model = buildModel((tape) => {
  const x = tape.input('x', 'float32', ['batch', 4]);
  const w = tape.constant(tensorOf('w', 'float32', [4, 2], new Float32Array(8)));
  tape.output(tape.node('Relu', [tape.node('MatMul', [x, w])]), 'float32', ['batch', 2]);
});

const withNodes = (nodes: Node[], change: Partial<Model> = {}): Model => ({
  ...model,
  ...change,
  graph: { ...model.graph, nodes },
});
const codes = (checked: Model) => checkModel(checked).map(({ code }) => code);

test('a model prints as text', () => {
  expect(printModel(model)).toBe(`ir 8, ai.onnx 17
main (x: float32[batch × 4]) => (relu_1: float32[batch × 2])
  w = float32[4 × 2]
  matmul_0 = MatMul(x, w)
  relu_1 = Relu(matmul_0)`);
});

test('nodes are put in the order in which they can run', () => {
  const [first, second] = model.graph.nodes as [Node, Node];
  expect(inOrder([second, first])).toEqual([first, second]);
  expect(inOrder(model.graph.nodes)).toBe(model.graph.nodes);
  const loop = [nodeOf('Add', ['a', 'b'], ['c']), nodeOf('Relu', ['c'], ['b'])];
  expect(inOrder(loop)).toEqual(loop);
});

test('what a subgraph takes from outside is a use of its node', () => {
  const branch = { ...model.graph, inputs: [], initializers: [] };
  const choice = nodeOf('If', ['p'], ['y'], new Map([['then_branch', { kind: 'graph', value: branch }]]));
  expect([...usesOf(choice)].sort()).toEqual(['p', 'w', 'x']);
  expect(consumersOf([choice]).get('w')).toEqual([choice]);
  expect([...allGraphs(withNodes([choice]))].map(({ kind }) => kind)).toEqual(['main', 'subgraph']);
});

test('a sound model has no problems', () => {
  expect(checkModel(model)).toEqual([]);
});

const [product, relu] = model.graph.nodes as [Node, Node];

test.each<[string, Model, string[]]>([
  ['a value nothing makes', withNodes([nodeOf('Relu', ['nowhere'], ['relu_1'])]), ['graph_name_missing']],
  [
    'a value made twice',
    withNodes([product, nodeOf('Neg', ['x'], ['matmul_0']), relu]),
    ['graph_name_twice'],
  ],
  ['an output nothing makes', withNodes([product]), ['graph_output_missing']],
  ['nodes in the wrong order', withNodes([relu, product]), ['graph_order']],
  ['a cycle', withNodes([nodeOf('Add', ['x', 'relu_1'], ['matmul_0']), relu]), ['graph_cycle']],
  [
    'a domain that is not imported',
    withNodes([product, { ...relu, domain: 'com.example' }]),
    ['graph_no_opset'],
  ],
  ['an operator newer than its set', withNodes([product, { ...relu, op: 'Mish' }]), ['graph_too_new']],
  ['an input too few', withNodes([product, nodeOf('Add', ['matmul_0'], ['relu_1'])]), ['graph_arity']],
  ['an input too many', withNodes([product, nodeOf('Relu', ['matmul_0', 'x'], ['relu_1'])]), ['graph_arity']],
  [
    'an output too many',
    withNodes([product, nodeOf('Relu', ['matmul_0'], ['relu_1', 'y'])]),
    ['graph_arity'],
  ],
  [
    'an attribute too few',
    withNodes([product, nodeOf('Cast', ['matmul_0'], ['relu_1'])]),
    ['graph_attribute_missing'],
  ],
  ['no nodes', { ...withNodes([]), graph: { ...model.graph, nodes: [], outputs: [] } }, ['graph_empty']],
  [
    'bytes that do not fit',
    {
      ...model,
      graph: { ...model.graph, initializers: [tensorIn('w', 'float32', [4, 2], new Blob(['short']))] },
    },
    ['graph_tensor_length'],
  ],
])('%s is found', (_, broken, expected) => {
  expect(codes(broken)).toEqual(expected);
});

test('inputs and outputs left out at the end are neither too few nor too many', () => {
  const clip = nodeOf('Clip', ['matmul_0', '', '', ''], ['relu_1', '']);
  expect(checkModel(withNodes([product, clip]))).toEqual([]);
  const broken = { ...nodeOf('Clip', ['matmul_0', '', '', 'x'], ['relu_1']), name: 'clip' };
  expect(checkModel(withNodes([product, broken]))).toEqual([
    { code: 'graph_arity', text: 'Clip clip has 4 inputs; it takes 1 to 3.' },
  ]);
});

test("a model's own functions take what they say", () => {
  const own = {
    ...{ name: 'Add', domain: '', overload: '', doc: '', inputs: ['a'], outputs: ['b'], attributes: [] },
    ...{ defaults: new Map(), opsets: new Map([['', 17]]), values: [], metadata: new Map() },
    nodes: [nodeOf('Relu', ['a'], ['b'])],
  };
  expect(codes(withNodes([product, nodeOf('Add', ['matmul_0'], ['relu_1'])], { functions: [own] }))).toEqual(
    [],
  );
});

test('many problems of one kind are counted, not listed', () => {
  const broken = withNodes([
    ...Array.from({ length: 9 }, (_, at) => nodeOf('Relu', [`no${at}`], [`y${at}`])),
    product,
    relu,
  ]);
  expect(
    checkModel(broken)
      .map(({ text }) => text)
      .at(-1),
  ).toBe('And 4 more like this.');
});

test('reading a tensor whose bytes do not fit its dimensions says so', async () => {
  await expect(readTensor(tensorIn('w', 'float32', [4], new Blob(['abc'])))).rejects.toMatchObject({
    code: 'file_tensor_length',
    detail: { expected: 16, found: 3 },
  });
});

test('attributes are made from plain values', () => {
  const made = attributes({ axis: 1, alpha: { float: 0.5 }, pads: [1, 2], mode: 'edge' });
  expect([...made.values()].map(({ kind }) => kind)).toEqual(['int', 'float', 'ints', 'string']);
});

test('operators say what they compute and how many values they take', () => {
  const files = import.meta.glob<Operator>('./ops/**/*.ts', { eager: true, import: 'default' });
  const known = Object.values(files);
  expect(known.filter(({ domain }) => domain === '').length).toBeGreaterThanOrEqual(200);
  for (const { type, says, inputs, outputs } of known) {
    expect(says, type).toMatch(/^.{8,}\.$/);
    expect(inputs[0], type).toBeLessThanOrEqual(inputs[1]);
    expect(outputs[0], type).toBeLessThanOrEqual(outputs[1]);
  }
});

test('operators are known by their files', () => {
  expect(operatorOf({ op: 'MatMulNBits', domain: 'com.microsoft' })?.spec).toMatch(/ContribOperators/);
  expect(operatorOf({ op: 'Conv', domain: '' })).toMatchObject({ type: 'Conv', since: 1 });
  expect(operatorOf({ op: 'Conv', domain: 'com.example' })).toBeUndefined();
  const files = import.meta.glob<Operator>('./ops/**/*.ts', { eager: true, import: 'default' });
  for (const [path, { domain, type }] of Object.entries(files)) {
    expect(path).toBe(`./ops/${domain && `${domain}/`}${type}.ts`);
  }
});

test('a subgraph may take very many values from outside', () => {
  const count = 10_000;
  const inner = {
    ...model.graph,
    ...{ inputs: [], initializers: [], outputs: [{ ...model.graph.outputs[0]!, name: 'w0' }] },
    nodes: Array.from({ length: count }, (_, at) => nodeOf('Relu', [`v${at}`], [`w${at}`])),
  };
  const choice = nodeOf(
    'If',
    ['p'],
    ['matmul_0'],
    new Map([
      ['then_branch', { kind: 'graph', value: inner }],
      ['else_branch', { kind: 'graph', value: inner }],
    ]),
  );
  const made = Array.from({ length: count }, (_, at) => nodeOf('Neg', ['x'], [`v${at}`]));
  const checked = withNodes([nodeOf('Not', ['q'], ['p']), ...made, choice, relu]);
  const inputs = [...checked.graph.inputs, { ...model.graph.inputs[0]!, name: 'q' }];
  expect(checkModel({ ...checked, graph: { ...checked.graph, inputs } })).toEqual([]);
});
