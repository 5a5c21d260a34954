import { expect, test } from 'vitest';
import { oracle } from '../../../tests/oracle';
import { random } from '../../../tests/random';
import { createJob } from '../../core/job';
import { encodeOnnx } from '../../formats/onnx';
import { attributes } from '../../ir/attributes';
import { buildModel, nodeOf, valueOf } from '../../ir/build';
import { tensorOf } from '../../ir/data';
import type { Graph, Model } from '../../ir/model';
import { schemes } from '.';

/** A branch that gives one value of an operator on a value from outside. */
function branch(op: string, of: string, output: string): Graph {
  return {
    ...buildModel(() => undefined).graph,
    nodes: [nodeOf(op, [of], [output], attributes({ keepdims: 0 }))],
    outputs: [valueOf(output, 'float32', [])],
  };
}

/**
 * Products with weights W and V, and an `If` whose branches look at `seen`; the mean of a subgraph keeps a model from
 * moving to operator set 21, so that int4 makes MatMulNBits of products.
 */
function network(seen: string, change: (model: Model) => Model = (model) => model): Model {
  const model = buildModel((tape) => {
    const x = tape.input('x', 'float32', [1, 64]);
    tape.input('c', 'bool', []);
    const w = tape.constant(tensorOf('W', 'float32', [64, 64], random(64 * 64, 1)));
    const v = tape.constant(tensorOf('V', 'float32', [64, 64], random(64 * 64, 3)));
    tape.output(tape.node('MatMul', [tape.node('MatMul', [x, w]), v]), 'float32', [1, 64]);
  });
  const branches = new Map([
    ['then_branch', { kind: 'graph' as const, value: branch('ReduceMean', seen, 'mean') }],
    ['else_branch', { kind: 'graph' as const, value: branch('ReduceMax', seen, 'max') }],
  ]);
  const { graph } = model;
  return change({
    ...model,
    graph: {
      ...graph,
      nodes: [...graph.nodes, nodeOf('If', ['c'], ['chosen'], branches)],
      outputs: [...graph.outputs, valueOf('chosen', 'float32', [])],
    },
  });
}

const isOutput = ({ graph, ...model }: Model): Model => ({
  ...model,
  graph: { ...graph, outputs: [...graph.outputs, valueOf('W', 'float32', [64, 64])] },
});

const isSquared = ({ graph, ...model }: Model): Model => ({
  ...model,
  graph: {
    ...graph,
    nodes: [nodeOf('MatMul', ['W', 'W'], ['square']), ...graph.nodes].map((node) =>
      node.inputs[0] === 'x' ? { ...node, inputs: ['x', 'square'] } : node,
    ),
  },
});

const cases = [
  { what: 'is used once', model: network('x') },
  { what: 'is taken by a subgraph', model: network('W') },
  { what: 'is an output of the model', model: network('x', isOutput) },
  { what: 'is multiplied with itself', model: network('x', isSquared) },
];

test.each(cases.flatMap((one) => schemes.map((scheme) => ({ ...one, scheme }))))(
  '$scheme.id of a weight that $what gives a model that runs',
  async ({ model, scheme }) => {
    const feeds = {
      x: { dtype: 'float32' as const, dims: [1, 64], data: random(64, 2) },
      c: { dtype: 'bool' as const, dims: [], data: Uint8Array.of(1) },
    };
    const small = await scheme.apply(model, {}, null, createJob());
    const expected = await (await oracle(await encodeOnnx(model)))(feeds);
    const outputs = await (await oracle(await encodeOnnx(small)))(feeds);
    expect(Object.keys(outputs)).toEqual(Object.keys(expected));
    for (const [name, { data }] of Object.entries(expected)) {
      const [want, got] = [data as Float32Array, outputs[name]?.data as Float32Array];
      const size = Math.hypot(...want);
      // 4 bits of a weight keep about a tenth of its size, and products after one another add up.
      const far = Math.hypot(...want.map((number, at) => number - (got[at] ?? NaN)));
      expect(far).toBeLessThan(0.35 * size + 0.05);
    }
  },
);
