import { expect, test } from 'vitest';
import { buildModel, nodeOf, valueOf } from '../ir/build';
import { tensorOf } from '../ir/data';
import type { FunctionBody, Graph, Model } from '../ir/model';
import { memoryOf } from './memory';
import { listGraphs, outlineGraph } from './outline';

const base = buildModel((tape) => {
  const x = tape.input('x', 'float32', ['batch', 4]);
  const w = tape.constant(tensorOf('w', 'float32', [4, 256], new Float32Array(1024)));
  const wide = tape.node('MatMul', [x, w]);
  const v = tape.constant(tensorOf('v', 'float32', [256, 2], new Float32Array(512)));
  tape.output(tape.node('MatMul', [tape.node('Relu', [wide]), v]), 'float32', ['batch', 2]);
});

/** The same with an `If` whose branches are graphs, and a call of a function of its own. */
function nested(): Model {
  const branch = (op: string): Graph => ({
    ...base.graph,
    name: op,
    inputs: [],
    initializers: [],
    nodes: [nodeOf(op, ['matmul_2'], ['chosen'])],
    outputs: [valueOf('chosen', 'float32', null)],
  });
  const choice = nodeOf(
    'If',
    ['condition'],
    ['result'],
    new Map([
      ['then_branch', { kind: 'graph', value: branch('Neg') }],
      ['else_branch', { kind: 'graph', value: branch('Abs') }],
    ]),
  );
  const body: FunctionBody = {
    ...{ name: 'Twice', domain: 'own', overload: '', doc: '', inputs: ['a'], outputs: ['b'] },
    ...{ attributes: [], defaults: new Map(), opsets: new Map([['', 17]]), values: [], metadata: new Map() },
    nodes: [nodeOf('Add', ['a', 'a'], ['b'])],
  };
  const call = nodeOf('Twice', ['result'], ['twice'], new Map(), 'own');
  return {
    ...base,
    opsets: new Map([...base.opsets, ['own', 1]]),
    functions: [body],
    graph: {
      ...base.graph,
      inputs: [...base.graph.inputs, valueOf('condition', 'bool', [])],
      nodes: [...base.graph.nodes, choice, call],
      outputs: [valueOf('twice', 'float32', null)],
    },
  };
}

test('every graph can be entered by its path', () => {
  const model = nested();
  expect(listGraphs(model)).toMatchObject([
    { path: '', kind: 'main', nodes: 5 },
    { path: '3/then_branch', kind: 'subgraph', nodes: 1 },
    { path: '3/else_branch', kind: 'subgraph', nodes: 1 },
    { path: 'own::Twice', kind: 'function', nodes: 1 },
  ]);
  expect(outlineGraph(model, '3/else_branch').nodes[0]?.operator).toBe('Abs');
  expect(outlineGraph(model, 'own::Twice').nodes[0]?.operator).toBe('Add');
  expect(() => outlineGraph(model, '9/body')).toThrow(expect.objectContaining({ code: 'graph_not_there' }));
});

test('a node leads to the graphs it holds and the function it calls', () => {
  const { nodes } = outlineGraph(nested());
  expect(nodes[3]?.attributes.map(({ graph }) => graph)).toEqual(['3/then_branch', '3/else_branch']);
  expect(nodes[4]?.calls).toBe('own::Twice');
  expect(nodes[0]?.calls).toBeNull();
});

test('a node says what it costs and what its constants take', () => {
  const [first, second] = outlineGraph(base).nodes;
  expect(first).toMatchObject({ macs: 1024, weightBytes: 4096, activationBytes: 1024 });
  expect(second).toMatchObject({ macs: 0, weightBytes: 0, activationBytes: 1024 });
  expect(first?.support?.wasm.kind).toBe('runs');
  expect(outlineGraph(base).values['matmul_0']).toMatchObject({ shape: ['batch', 256], bytes: 1024 });
  expect(outlineGraph(base).free).toEqual(['batch']);
});

test('memory peaks where the most values live at one time', () => {
  // Relu: its input and its output, 256 floats each; the graph's input is no longer needed.
  expect(memoryOf(base)).toEqual({ weightBytes: 4096 + 2048, peakBytes: 2048, peakAt: 1 });
});

test('memory is unknown where a shape is', () => {
  const odd: Model = {
    ...base,
    graph: {
      ...base.graph,
      nodes: [nodeOf('Mystery', ['x'], ['odd']), nodeOf('Relu', ['odd'], ['matmul_2'])],
    },
  };
  expect(memoryOf(odd).peakBytes).toBeNull();
});
