import type { Dtype } from '../core/dtype';
import type { Shape } from '../core/shape';
import { attributes } from './attributes';
import type { Attribute, Model, Node, Tensor, Value } from './model';

/** What `buildModel` records on: each call adds something and gives its name. */
export interface Tape {
  input(name: string, dtype: Dtype, shape: Shape): string;
  constant(tensor: Tensor): string;
  /** Adds a node with one output; `''` stands for an input left out. */
  node(
    op: string,
    inputs: readonly string[],
    more?: Parameters<typeof attributes>[0],
    domain?: string,
  ): string;
  output(name: string, dtype: Dtype | null, shape: Shape): void;
}

/**
 * A model recorded by calling what it does, for tests and converters.
 *
 *     const model = buildModel((tape) => {
 *       const x = tape.input('x', 'float32', ['batch', 4]);
 *       const w = tape.constant(tensorOf('w', 'float32', [4, 2], new Float32Array(8)));
 *       tape.output(tape.node('Relu', [tape.node('MatMul', [x, w])]), 'float32', ['batch', 2]);
 *     });
 */
export function buildModel(record: (tape: Tape) => void, { opset = 17, irVersion = 8 } = {}): Model {
  const inputs: Value[] = [];
  const outputs: Value[] = [];
  const initializers: Tensor[] = [];
  const nodes: Node[] = [];
  const opsets = new Map([['', opset]]);
  record({
    input(name, dtype, shape) {
      inputs.push(valueOf(name, dtype, shape));
      return name;
    },
    constant(tensor) {
      initializers.push(tensor);
      return tensor.name;
    },
    node(op, taken, more = {}, domain = '') {
      const output = `${op.toLowerCase()}_${nodes.length}`;
      nodes.push(nodeOf(op, taken, [output], attributes(more), domain));
      if (domain !== '') opsets.set(domain, 1);
      return output;
    },
    output(name, dtype, shape) {
      outputs.push(valueOf(name, dtype, shape));
    },
  });
  const rest = { doc: '', metadata: new Map<string, string>() };
  return {
    ...{ file: 'built.onnx', irVersion, opsets, producer: { name: 'inkling', version: '' }, domain: '' },
    ...{ version: 0n, functions: [], training: [], ...rest },
    graph: {
      name: 'main',
      inputs,
      outputs,
      values: [],
      initializers,
      sparse: [],
      nodes,
      quantization: [],
      ...rest,
    },
  };
}

/** A node without a name of its own. */
export function nodeOf(
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  values: ReadonlyMap<string, Attribute> = new Map(),
  domain = '',
): Node {
  return {
    ...{ name: '', op, domain, overload: '', inputs, outputs, attributes: values },
    ...{ doc: '', metadata: new Map() },
  };
}

/** A tensor value of a graph. */
export function valueOf(name: string, dtype: Dtype | null, shape: Shape): Value {
  return { name, type: { kind: 'tensor', dtype, shape }, doc: '', metadata: new Map() };
}
