import { describe, expect, test } from 'vitest';
import { oracle } from '../../tests/oracle';
import { random } from '../../tests/random';
import { HELPER } from '../core/runnable';
import type { PlainTensor } from '../core/tensor';
import { encodeOnnx } from '../formats/onnx';
import { attributes } from '../ir/attributes';
import { buildModel, nodeOf, valueOf, type Tape } from '../ir/build';
import { tensorOf } from '../ir/data';
import type { Graph, Model, Node } from '../ir/model';
import { widenConvolutions } from './webgpu-convolutions';

interface Filter {
  op?: string;
  domain?: string;
  takes: number;
  gives: number;
  kernel?: number[];
  group?: number;
  more?: Parameters<typeof attributes>[0];
}

/** One convolution of seven elements by dimension. */
function convolution(
  { op = 'Conv', domain = '', takes, gives, kernel = [3, 3], group = 1, more = {} }: Filter,
  { opset = 17, weigh = constant } = {},
): Model {
  return buildModel(
    (tape) => {
      const x = tape.input('x', 'float32', ['batch', takes, ...kernel.map(() => 7)]);
      const dims =
        op === 'ConvTranspose' ? [takes, gives / group, ...kernel] : [gives, takes / group, ...kernel];
      const w = weigh(tape, dims);
      const b = tape.constant(tensorOf('b', 'float32', [gives], random(gives, 3, 1)));
      tape.output(tape.node(op, [x, w, b], { group, ...more }, domain), 'float32', [
        'batch',
        gives,
        ...kernel.map(() => null),
      ]);
    },
    { opset },
  );
}

const count = (dims: readonly number[]) => dims.reduce((product, dim) => product * dim, 1);

function constant(tape: Tape, dims: number[]): string {
  return tape.constant(tensorOf('w', 'float32', dims, random(count(dims), 2, 1)));
}

function dequantized(tape: Tape, dims: number[]): string {
  const bytes = Int8Array.from(random(count(dims), 2, 40));
  const scale = tape.constant(tensorOf('scale', 'float32', [], Float32Array.of(0.02)));
  return tape.node('DequantizeLinear', [tape.constant(tensorOf('q', 'int8', dims, bytes)), scale]);
}

const operators = (nodes: readonly Node[]) => nodes.map(({ op }) => op);

/** What two models give for the same input has to be the same to the last digit but one. */
async function expectSame(one: Model, two: Model, more: Record<string, PlainTensor> = {}): Promise<void> {
  const type = one.graph.inputs[0]?.type;
  const dims = (type?.kind === 'tensor' ? (type.shape ?? []) : []).map((dim) =>
    dim === 'batch' ? 2 : Number(dim),
  );
  const feeds = { x: { dtype: 'float32' as const, dims, data: random(count(dims), 1, 1) }, ...more };
  const [a, b] = await Promise.all(
    [one, two].map(async (model) => Object.values(await (await oracle(await encodeOnnx(model)))(feeds))[0]),
  );
  const [ours, theirs] = [a, b].map((tensor) => [...((tensor?.data ?? []) as Float32Array)]);
  expect(b?.dims).toEqual(a?.dims);
  expect(ours?.length).toBeGreaterThan(0);
  // Sums of some hundred products of about 1, in whatever order.
  for (const [at, value] of ours?.entries() ?? [])
    expect(Math.abs(value - (theirs?.[at] ?? NaN))).toBeLessThan(1e-4);
}

describe('Convolutions that WebGPU gets wrong', () => {
  test.for<Filter>([
    { takes: 6, gives: 4 },
    { takes: 9, gives: 8, more: { pads: [1, 1, 1, 1], strides: [2, 1] } },
    { takes: 45, gives: 12, kernel: [1, 7] },
    { takes: 6, gives: 4, kernel: [1, 1], more: { strides: [2, 2] } },
    { takes: 6, gives: 4, kernel: [1, 1], more: { pads: [0, 1, 0, 0] } },
    { takes: 15, gives: 4, kernel: [3], more: { dilations: [2] } },
    { takes: 18, gives: 4, more: { auto_pad: 'SAME_UPPER' } },
    { takes: 6, gives: 4, more: { activation: 'Relu' }, op: 'FusedConv', domain: 'com.microsoft' },
  ])('get zeros for further channels and give the same: %o', async (filter) => {
    const model = convolution(filter);
    const widened = widenConvolutions(model);
    const { nodes } = widened.graph;
    expect(operators(nodes)).toEqual(['Constant', 'Pad', 'Pad', filter.op ?? 'Conv']);
    for (const node of nodes.slice(0, 3)) expect(node.name).toContain(HELPER);
    expect(nodes[3]?.outputs).toEqual(model.graph.nodes[0]?.outputs);
    await expectSame(model, widened);
    expect(widenConvolutions(widened)).toBe(widened);
  });

  test.for<Filter>([
    { takes: 3, gives: 8 },
    { takes: 12, gives: 8 },
    { takes: 8, gives: 4 },
    { takes: 10, gives: 4 },
    { takes: 6, gives: 6 },
    { takes: 9, gives: 3 },
    { takes: 6, gives: 4, kernel: [1, 1] },
    { takes: 6, gives: 4, kernel: [1] },
    { takes: 6, gives: 4, kernel: [3, 3, 3] },
    { takes: 18, gives: 8, group: 2 },
    { takes: 6, gives: 4, op: 'ConvTranspose' },
  ])('are not these, which stay as they are: %o', (filter) => {
    const model = convolution(filter);
    expect(widenConvolutions(model)).toBe(model);
  });

  test('are known by the sizes of weights that are computed', async () => {
    const model = convolution({ takes: 6, gives: 4 }, { weigh: dequantized });
    const widened = widenConvolutions(model);
    expect(operators(widened.graph.nodes)).toEqual(['DequantizeLinear', 'Constant', 'Pad', 'Pad', 'Conv']);
    await expectSame(model, widened);
  });

  test('are left alone where the sizes of weights are not known', () => {
    const model = buildModel((tape) => {
      const x = tape.input('x', 'float32', [1, 6, 7, 7]);
      const w = tape.input('w', 'float32', [4, 'channels', 3, 3]);
      tape.output(tape.node('Conv', [x, w]), 'float32', [1, 4, 5, 5]);
    });
    expect(widenConvolutions(model)).toBe(model);
  });

  test('are padded as old operator sets do it', async () => {
    const model = convolution({ takes: 6, gives: 4 }, { opset: 9 });
    const widened = widenConvolutions(model);
    expect(operators(widened.graph.nodes)).toEqual(['Pad', 'Pad', 'Conv']);
    await expectSame(model, widened);
  });

  test('are found in graphs that nodes hold, with weights from outside', async () => {
    const inner = (weights: string): Graph => {
      const { graph } = convolution({ takes: 6, gives: 4 });
      const [node] = graph.nodes;
      const initializers = graph.initializers.filter(({ name }) => name === 'b');
      const nodes = node ? [{ ...node, inputs: ['x', weights, 'b'] }] : [];
      return { ...graph, inputs: [], initializers, nodes };
    };
    const outer = convolution({ takes: 6, gives: 4 });
    const branches = new Map([
      ['then_branch', { kind: 'graph', value: inner('w') } as const],
      ['else_branch', { kind: 'graph', value: inner('w') } as const],
    ]);
    const model: Model = {
      ...outer,
      graph: {
        ...outer.graph,
        inputs: [...outer.graph.inputs, valueOf('which', 'bool', [])],
        initializers: outer.graph.initializers.filter(({ name }) => name === 'w'),
        nodes: [nodeOf('If', ['which'], ['y'], branches)],
        outputs: [valueOf('y', 'float32', ['batch', 4, null, null])],
      },
    };
    const widened = widenConvolutions(model);
    const held = widened.graph.nodes[0]?.attributes.get('else_branch');
    expect(held?.kind === 'graph' && operators(held.value.nodes)).toEqual(['Constant', 'Pad', 'Pad', 'Conv']);
    await expectSame(model, widened, { which: { dtype: 'bool', dims: [], data: Uint8Array.of(1) } });
  });

  test('are found in functions, but not where their callers say how many groups there are', async () => {
    const { graph, ...rest } = convolution({ takes: 6, gives: 4 });
    const called = (node: Node): Model => ({
      ...rest,
      opsets: new Map([...rest.opsets, ['own', 1]]),
      functions: [
        {
          ...{ name: 'Mix', domain: 'own', overload: '', doc: '', attributes: ['group'], values: [] },
          ...{ inputs: ['a', 'b', 'c'], outputs: ['y'], defaults: new Map(), metadata: new Map() },
          ...{ opsets: rest.opsets, nodes: [node] },
        },
      ],
      graph: {
        ...graph,
        nodes: [nodeOf('Mix', ['x', 'w', 'b'], ['conv_0'], attributes({ group: 1 }), 'own')],
      },
    });
    const model = called(nodeOf('Conv', ['a', 'b', 'c'], ['y']));
    const widened = widenConvolutions(model);
    expect(operators(widened.functions[0]?.nodes ?? [])).toEqual(['Constant', 'Pad', 'Pad', 'Conv']);
    await expectSame(model, widened);
    const group = { kind: 'reference', name: 'group', of: 2 } as const;
    const open = called(nodeOf('Conv', ['a', 'b', 'c'], ['y'], new Map([['group', group]])));
    expect(widenConvolutions(open)).toBe(open);
  });
});
