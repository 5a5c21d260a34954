import { expect, test } from 'vitest';
import { attributes } from '../ir/attributes';
import { buildModel, nodeOf, valueOf } from '../ir/build';
import { tensorOf } from '../ir/data';
import type { Attribute, FunctionBody, Graph, Model, Node, Value } from '../ir/model';
import { checkTypes } from './check-types';
import { sumOf } from './cost';
import { inferAll, inferMacs, inferShapes, visibleShapes } from './infer-shapes';

const empty = buildModel((tape) => {
  tape.input('x', 'float32', ['batch', 4]);
  tape.constant(tensorOf('w', 'float32', [4, 3], new Float32Array(12)));
});

function modelOf(nodes: readonly Node[], change: Partial<Graph> = {}, more: Partial<Model> = {}): Model {
  return { ...empty, ...more, graph: { ...empty.graph, nodes, ...change } };
}

function graphOf(nodes: readonly Node[], outputs: readonly string[], inputs: readonly Value[] = []): Graph {
  const graph = { ...empty.graph, initializers: [], inputs, nodes };
  return { ...graph, outputs: outputs.map((name) => valueOf(name, null, null)) };
}

const held = (graphs: Record<string, Graph>, more: Parameters<typeof attributes>[0] = {}) =>
  new Map<string, Attribute>([
    ...Object.entries(graphs).map(([name, value]): [string, Attribute] => [name, { kind: 'graph', value }]),
    ...attributes(more),
  ]);

test('both branches of a choice are followed, with the values around them in sight', () => {
  const wide = graphOf([nodeOf('MatMul', ['x', 'w'], ['y'])], ['y']);
  const narrow = graphOf([nodeOf('MatMul', ['x', 'w'], ['p']), nodeOf('Relu', ['p'], ['q'])], ['q']);
  const all = inferAll(
    modelOf([nodeOf('If', ['c'], ['z'], held({ then_branch: wide, else_branch: narrow }))]),
  );
  expect(all.get('')?.get('z')).toMatchObject({ dtype: 'float32', shape: ['batch', 3] });
  expect(all.get('0/then_branch')?.get('y')?.shape).toEqual(['batch', 3]);
  expect(all.get('0/else_branch')?.get('p')?.shape).toEqual(['batch', 3]);
  expect(all.get('0/else_branch')?.has('x')).toBe(false);
  expect(visibleShapes(all, '0/else_branch').get('x')?.shape).toEqual(['batch', 4]);
});

test('where branches differ, only what they share is known', () => {
  const then = graphOf([nodeOf('Unsqueeze', ['x'], ['y'], attributes({ axes: [0] }))], ['y']);
  const otherwise = graphOf([nodeOf('Unsqueeze', ['x'], ['y'], attributes({ axes: [1] }))], ['y']);
  const choice = nodeOf('If', ['c'], ['z'], held({ then_branch: then, else_branch: otherwise }));
  expect(inferShapes(modelOf([choice])).get('z')).toMatchObject({ dtype: 'float32', shape: [null, null, 4] });
});

test('a state that grows in a loop keeps the dimensions that stay', () => {
  const round = [valueOf('i', 'int64', []), valueOf('go', 'bool', []), valueOf('s', null, null)];
  const body = graphOf(
    [
      nodeOf('Concat', ['s', 's'], ['t'], attributes({ axis: 0 })),
      nodeOf('Identity', ['go'], ['on']),
      nodeOf('ReduceSum', ['s'], ['sum'], attributes({ keepdims: 0 })),
    ],
    ['on', 't', 'sum'],
    round,
  );
  const all = inferAll(modelOf([nodeOf('Loop', ['', '', 'x'], ['last', 'sums'], held({ body }))]));
  expect(all.get('')?.get('last')).toMatchObject({ dtype: 'float32', shape: [null, 4] });
  expect(all.get('')?.get('sums')).toMatchObject({ dtype: 'float32', shape: [null] });
  expect(all.get('0/body')?.get('t')?.shape).toEqual([null, 4]);
});

test('a scan takes slices and stacks what each gives', () => {
  const body = graphOf(
    [nodeOf('Add', ['s', 'row'], ['t']), nodeOf('Neg', ['t'], ['out'])],
    ['t', 'out'],
    [valueOf('s', null, null), valueOf('row', null, null)],
  );
  const first = tensorOf('first', 'float32', [4], new Float32Array(4));
  const scan = nodeOf('Scan', ['first', 'x'], ['last', 'rows'], held({ body }, { num_scan_inputs: 1 }));
  const all = inferAll(modelOf([scan], { initializers: [...empty.graph.initializers, first] }));
  expect(all.get('')?.get('last')?.shape).toEqual([4]);
  expect(all.get('')?.get('rows')?.shape).toEqual(['batch', 4]);
  expect(all.get('0/body')?.get('row')?.shape).toEqual([4]);
});

const cast: FunctionBody = {
  ...{ name: 'CastTwice', domain: 'local', overload: '', doc: '', inputs: ['a'], outputs: ['b'] },
  ...{
    attributes: ['to'],
    defaults: new Map(),
    opsets: new Map([['', 17]]),
    values: [],
    metadata: new Map(),
  },
  nodes: [
    nodeOf('Cast', ['a'], ['c'], new Map([['to', { kind: 'reference', name: 'to', of: 2 }]])),
    nodeOf('Transpose', ['c'], ['b'], attributes({ perm: [1, 0] })),
  ],
};

test('a function knows its inputs from its call and its attributes too', () => {
  const call = nodeOf('CastTwice', ['x'], ['y'], attributes({ to: 11 }), 'local');
  const all = inferAll(modelOf([call], {}, { functions: [cast] }));
  expect(all.get('')?.get('y')).toMatchObject({ dtype: 'float64', shape: [4, 'batch'] });
  expect(all.get('local::CastTwice')?.get('c')).toMatchObject({ dtype: 'float64', shape: ['batch', 4] });
});

test('of a function that is called twice, what holds for both calls is known', () => {
  const calls = ['x', 'w'].map((name) =>
    nodeOf('CastTwice', [name], [`${name}2`], attributes({ to: 11 }), 'local'),
  );
  const all = inferAll(modelOf(calls, {}, { functions: [cast] }));
  expect(all.get('')?.get('x2')?.shape).toEqual([4, 'batch']);
  expect(all.get('')?.get('w2')?.shape).toEqual([3, 4]);
  expect(all.get('local::CastTwice')?.get('b')).toMatchObject({ dtype: 'float64', shape: [null, null] });
});

test('functions that call themselves or one another without end are left off', () => {
  const again = {
    ...cast,
    nodes: [
      nodeOf('CastTwice', ['a'], ['b'], new Map(), 'local'),
      nodeOf('CastTwice', ['b'], ['c'], new Map(), 'local'),
    ],
  };
  const call = nodeOf('CastTwice', ['x'], ['y'], new Map(), 'local');
  expect(inferShapes(modelOf([call], {}, { functions: [again] })).get('y')).toMatchObject({ shape: null });
});

test('shapes that a graph computes in floats and by conditions are followed', () => {
  const model = buildModel((tape) => {
    const x = tape.input('x', 'float32', ['batch', 3, 10, 7]);
    const int = (name: string, ...values: number[]) =>
      tape.constant(tensorOf(name, 'int64', [values.length], BigInt64Array.from(values, BigInt)));
    const shape = tape.node('Shape', [x]);
    const sizes = tape.node('Slice', [shape, int('from', 2), int('to', 4), int('zero', 0)]);
    const scale = tape.constant(tensorOf('scale', 'float32', [1], Float32Array.of(1.5)));
    const scaled = tape.node('Floor', [tape.node('Mul', [tape.node('Cast', [sizes], { to: 1 }), scale])]);
    const large = tape.node('Cast', [scaled], { to: 7 });
    const isLarge = tape.node('Greater', [large, int('limit', 12)]);
    const bound = tape.node('Where', [isLarge, large, int('other', 2)]);
    const batch = tape.node('Gather', [shape, int('first', 0)]);
    const target = tape.node('Concat', [batch, int('channels', 3), bound], { axis: 0 });
    tape.output(tape.node('Resize', [x, '', '', target]), 'float32', null);
  });
  const [output] = model.graph.outputs;
  expect(inferShapes(model).get(output?.name ?? '')?.shape).toEqual(['batch', 3, 15, 2]);
});

test('lists, optionals and what is in them have types', () => {
  const nodes = [
    nodeOf('SequenceConstruct', ['x', 'x'], ['list']),
    nodeOf('SequenceAt', ['list', 'i'], ['item']),
    nodeOf('Optional', ['list'], ['maybe']),
    nodeOf('OptionalGetElement', ['maybe'], ['again']),
  ];
  const shapes = inferShapes(modelOf(nodes));
  expect(shapes.get('item')).toMatchObject({ dtype: 'float32', shape: ['batch', 4] });
  expect(shapes.get('maybe')?.type?.kind).toBe('optional');
  expect(shapes.get('again')?.type).toEqual(shapes.get('list')?.type);
});

test.each<[string, Value, string]>([
  ['dtype', valueOf('y', 'int64', ['batch', 3]), 'int64 batch × 3'],
  ['rank', valueOf('y', 'float32', ['batch', 1, 3]), 'float32 batch × 1 × 3'],
  ['size', valueOf('y', 'float32', ['batch', 5]), 'float32 batch × 5'],
])('a %s that the file has wrong is found', (_, value, said) => {
  const nodes = [nodeOf('MatMul', ['x', 'w'], ['y'])];
  expect(checkTypes(modelOf(nodes, { values: [value] }))).toEqual([
    {
      code: 'graph_type_conflict',
      text: `MatMul makes y as float32 batch × 3; the file says ${said}.`,
    },
  ]);
});

test('types are compared in the graphs that nodes hold too', () => {
  const inner = { ...graphOf([nodeOf('Neg', ['x'], ['y'])], []), outputs: [valueOf('y', 'bool', null)] };
  const choice = nodeOf('If', ['c'], ['z'], held({ then_branch: inner, else_branch: inner }));
  expect(checkTypes(modelOf([choice])).map(({ code }) => code)).toEqual([
    'graph_type_conflict',
    'graph_type_conflict',
  ]);
});

test('names, and sizes that are left open, are no conflict', () => {
  const values = [valueOf('y', 'float32', ['n', null])];
  expect(checkTypes(modelOf([nodeOf('MatMul', ['x', 'w'], ['y'])], { values }))).toEqual([]);
  expect(checkTypes(modelOf([nodeOf('Mystery', ['x'], ['y'])], { values }))).toEqual([]);
});

/** x [batch, 4] times w [4, 3]. */
const product = 12;
const totalOf = (model: Model) => sumOf(model.graph.nodes, inferMacs(model));

test('of two branches the dearer one is counted', () => {
  const dear = graphOf([nodeOf('MatMul', ['x', 'w'], ['y'])], ['y']);
  const cheap = graphOf([nodeOf('Relu', ['x'], ['y'])], ['y']);
  const choice = nodeOf('If', ['c'], ['z'], held({ then_branch: cheap, else_branch: dear }));
  expect(totalOf(modelOf([choice]))).toBe(product);
});

test('a loop counts its rounds where the graph tells how many there are', () => {
  const round = [valueOf('i', 'int64', []), valueOf('go', 'bool', []), valueOf('s', null, null)];
  const body = graphOf(
    [nodeOf('MatMul', ['x', 'w'], ['y']), nodeOf('Identity', ['go'], ['on'])],
    ['on', 's', 'y'],
    round,
  );
  const most = tensorOf('most', 'int64', [], BigInt64Array.of(5n));
  const loop = (times: string) =>
    modelOf([nodeOf('Loop', [times, '', 'x'], ['last', 'all'], held({ body }))], {
      initializers: [...empty.graph.initializers, most],
    });
  expect(totalOf(loop('most'))).toBe(5 * product);
  expect(totalOf(loop(''))).toBeNull();
});

test('a function is counted at each of its calls, with the sizes of that call', () => {
  const layer: FunctionBody = {
    ...cast,
    name: 'layer',
    inputs: ['a', 'b'],
    outputs: ['y'],
    nodes: [nodeOf('MatMul', ['a', 'b'], ['y'])],
    attributes: [],
    defaults: new Map(),
  };
  const call = (b: string, to: string) => nodeOf('layer', ['x', b], [to], new Map(), layer.domain);
  const square = tensorOf('square', 'float32', [4, 4], new Float32Array(16));
  const model = modelOf(
    [call('w', 'p'), call('square', 'q')],
    { initializers: [...empty.graph.initializers, square] },
    { functions: [layer] },
  );
  expect(totalOf(model)).toBe(12 + 16);
  expect(inferMacs(model).get(layer.nodes[0] ?? nodeOf('', [], []))).toBeNull();
});
