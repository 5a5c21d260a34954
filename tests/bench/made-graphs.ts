import type { GraphOutline, NodeOutline } from '../../src/core/outline';

/** One node of a made graph: what it takes by name; it gives one value called as itself. */
export interface MadeNode {
  name: string;
  operator: string;
  inputs: readonly string[];
  macs?: number;
  weightBytes?: number;
}

/** A graph of nodes that each give one value, `1 × 64 × 28 × 28`; names that nothing gives are weights. */
export function makeGraph(made: readonly MadeNode[], input = 'image'): GraphOutline {
  const runs = { kind: 'runs' } as const;
  const type = { dtype: 'float32', shape: [1, 64, 28, 28], bytes: 200_704 } as const;
  const given = new Set([input, ...made.map(({ name }) => name)]);
  const weights = new Set(made.flatMap(({ inputs }) => inputs.filter((name) => !given.has(name))));
  const taken = new Set(made.flatMap(({ inputs }) => inputs));
  const nodes = made.map(({ name, operator, inputs, macs = 0, weightBytes = 0 }, index): NodeOutline => ({
    ...{ index, name, operator, inputs, outputs: [name], attributes: [], says: '', spec: '', doc: '' },
    ...{ metadata: {}, macs, weightBytes, activationBytes: 200_704, calls: null },
    support: { wasm: runs, webgpu: runs },
  }));
  const outputs = made.filter(({ name }) => !taken.has(name)).map(({ name }) => ({ name, ...type }));
  return {
    ...{ path: '', kind: 'main', title: 'made', doc: '', metadata: {}, free: [] },
    inputs: [{ name: input, dtype: 'float32', shape: [1, 1, 28, 28] }],
    outputs,
    tensors: Array.from(weights, (name) => ({
      ...{ name, dtype: 'float32', dims: [64, 64, 3, 3], bytes: 147_456, location: null, present: true },
      ...{ sparse: false, doc: '', metadata: {}, quantization: {} },
    })),
    nodes,
    values: Object.fromEntries(made.map(({ name }) => [name, { name, ...type }])),
  };
}

/** A chain of `count` nodes: Conv, BatchNormalization, Relu and, every fourth, an Add that takes an earlier one's value too. */
export function makeChain(
  count: number,
  nameOf: (index: number) => string = (index) => `node_${index}`,
): GraphOutline {
  const operators = ['Conv', 'BatchNormalization', 'Relu', 'Add'];
  const spans = [4, 8, 16, 60, 400];
  return makeGraph(
    Array.from({ length: count }, (_, i) => {
      const operator = operators[i % 4] ?? 'Relu';
      const inputs = [i === 0 ? 'image' : nameOf(i - 1)];
      const span = spans[Math.floor(i / 4) % spans.length] ?? 4;
      if (operator === 'Add') inputs.push(i - span < 0 ? 'image' : nameOf(i - span));
      if (operator === 'Conv') inputs.push(`${nameOf(i)}.weight`);
      const macs = operator === 'Conv' ? 28_901_376 * (1 + (i % 7)) : 0;
      return { name: nameOf(i), operator, inputs, macs, weightBytes: operator === 'Conv' ? 147_456 : 0 };
    }),
  );
}
