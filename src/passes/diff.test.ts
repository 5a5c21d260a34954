import { expect, test } from 'vitest';
import { createJob } from '../core/job';
import { buildModel } from '../ir/build';
import { tensorOf } from '../ir/data';
import type { Model, Node } from '../ir/model';
import { diffModels } from './diff';

/** Two layers and a head; `change` makes another edition of it. */
function network({ scale = 1, extra = false, strides = 1 } = {}): Model {
  return buildModel((tape) => {
    const x = tape.input('x', 'float32', ['batch', 1, 8, 8]);
    const w = tape.constant(tensorOf('w', 'float32', [2, 1, 3, 3], new Float32Array(18).fill(0.5)));
    const conv = tape.node('Conv', [x, w], { strides: [strides, strides] });
    const relu = tape.node('Relu', [conv]);
    const kept = extra ? tape.node('Tanh', [relu]) : relu;
    const head = tape.constant(tensorOf('head', 'float32', [6, 4], new Float32Array(24).fill(2 * scale)));
    tape.output(tape.node('MatMul', [kept, head]), 'float32', null);
  });
}

/** The same model with every value and node named otherwise. */
function renamed(model: Model): Model {
  const name = (old: string) => (old === '' ? '' : `other/${old}`);
  const { graph } = model;
  const node = (each: Node): Node => ({
    ...each,
    inputs: each.inputs.map(name),
    outputs: each.outputs.map(name),
  });
  return {
    ...model,
    graph: {
      ...graph,
      nodes: graph.nodes.map(node),
      initializers: graph.initializers.map((tensor) => ({ ...tensor, name: name(tensor.name) })),
      inputs: graph.inputs.map((value) => ({ ...value, name: name(value.name) })),
      outputs: graph.outputs.map((value) => ({ ...value, name: name(value.name) })),
    },
  };
}

const diff = (a: Model, b: Model) => diffModels(a, b, createJob());

test('a model differs from itself in nothing', async () => {
  const { nodes, tensors, metadata } = await diff(network(), network());
  expect(nodes).toEqual({ same: 3, added: [], removed: [], changed: [] });
  expect(tensors).toEqual({ same: 2, added: [], removed: [], changed: [] });
  expect(metadata).toEqual([]);
});

test('says how far weights are apart', async () => {
  const { tensors } = await diff(network(), network({ scale: 1.5 }));
  expect(tensors.changed).toMatchObject([{ name: 'head', distance: { largest: 1, relative: 0.5 } }]);
  expect(tensors.changed[0]?.distance?.cosine).toBeCloseTo(1, 12);
});

test('finds what was put in between, and the attribute that changed', async () => {
  const { nodes } = await diff(network(), network({ extra: true, strides: 2 }));
  expect(nodes.added).toMatchObject([{ operator: 'Tanh' }]);
  expect(nodes.removed).toEqual([]);
  expect(nodes.changed.map(({ operator, changes }) => [operator, ...changes])).toContainEqual([
    'Conv',
    'strides was [1, 1], is [2, 2]',
  ]);
});

test('matches nodes and weights of which only the names changed', async () => {
  const { nodes, tensors, metadata } = await diff(network(), renamed(network({ scale: 3 })));
  expect(nodes).toMatchObject({ same: 3, added: [], removed: [], changed: [] });
  expect(tensors).toMatchObject({ same: 1, added: [], removed: [] });
  expect(tensors.changed).toMatchObject([{ name: 'head', other: { name: 'other/head' } }]);
  expect(metadata.map(({ key }) => key)).toContain('input other/x');
});
