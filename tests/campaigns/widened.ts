import { intOf } from '../../src/ir/attributes';
import { nodeOf } from '../../src/ir/build';
import { tensorOf } from '../../src/ir/data';
import type { Model, Node, Tensor } from '../../src/ir/model';
import { inferShapes } from '../../src/passes/infer-shapes';

/**
 * The model with zeros for further channels at every convolution that ONNX Runtime 1.30 gets wrong on WebGPU; `null`
 * where it holds none. Wrong are those with weights `[N, C, …]` where N is a multiple of four, and C, beyond 3, of three
 * but not of four: its kernel reads three channels at a time there, but divides by four to find them.
 * @see https://github.com/microsoft/onnxruntime/issues/29651
 */
export function widenConvs(model: Model): Model | null {
  const shapes = inferShapes(model);
  const initializers: Tensor[] = [];
  const nodes = model.graph.nodes.flatMap((node): Node[] => {
    const [x = '', w = '', ...others] = node.inputs;
    const isWhole = node.op === 'Conv' && intOf(node, 'group', 1) === 1;
    const shape = isWhole ? (shapes.get(w)?.shape ?? []) : [];
    const [gives, takes] = shape;
    if (typeof gives !== 'number' || typeof takes !== 'number') return [node];
    if (gives % 4 !== 0 || takes <= 3 || takes % 3 !== 0 || takes % 4 === 0) return [node];
    const pads = `${w}:pads`;
    const sizes = BigInt64Array.from(shape.concat(shape), () => 0n);
    sizes[shape.length + 1] = BigInt(4 - (takes % 4));
    if (!initializers.some(({ name }) => name === pads))
      initializers.push(tensorOf(pads, 'int64', [sizes.length], sizes));
    const name = node.outputs[0] ?? '';
    return [
      nodeOf('Pad', [x, pads], [`${name}:x`]),
      nodeOf('Pad', [w, pads], [`${name}:w`]),
      { ...node, inputs: [`${name}:x`, `${name}:w`, ...others] },
    ];
  });
  if (initializers.length === 0) return null;
  return {
    ...model,
    graph: { ...model.graph, nodes, initializers: [...model.graph.initializers, ...initializers] },
  };
}
