import { attributes, intOf } from '../../ir/attributes';
import { nodeOf } from '../../ir/build';
import { tensorOf } from '../../ir/data';
import type { Attribute, Graph, Model, Node } from '../../ir/model';
import { packNibbles, quantizeBlocks } from './blocks';
import type { Weight } from './weights';

/** How weights become blocks. */
export interface BlockWay {
  /** Numbers that share a scale. */
  block: number;
  /** The nodes that take each value of the model. */
  takers: ReadonlyMap<string, readonly Node[]>;
  /** Gives way, told the share of a weight that is done. */
  pause: (share: number) => Promise<void>;
}

/**
 * A matrix product with a 4-bit weight as ONNX Runtime's own operator, which needs no new operator set; `null`
 * for products it cannot express. The weight lies as `[N, blocks of K, block / 2]` bytes, 8 added to each number.
 * @see https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MatMulNBits
 */
export async function toNBits(
  model: Model,
  weight: Weight,
  floats: Float32Array,
  { block, takers, pause }: BlockWay,
): Promise<Model | null> {
  const { tensor, node, sumAxis } = weight;
  const { graph } = model;
  if (!isOnlyFactor(weight, graph, takers) || tensor.dims.length !== 2) return null;
  if (node.op !== 'MatMul' && !isPlainGemm(node)) return null;
  const [inner, columns] = [tensor.dims[sumAxis] ?? 0, tensor.dims[1 - sumAxis] ?? 0];
  const { integers, scales } = await quantized(weight, floats, { block, pause });
  const name = `${tensor.name}:int4`;
  const count = Math.ceil(inner / block);
  const tensors = [
    tensorOf(name, 'uint8', [columns, count, block / 2], packNibbles(integers)),
    tensorOf(`${tensor.name}:scale`, 'float32', [columns * count], scales),
  ];
  const values = attributes({ K: inner, N: columns, bits: 4, block_size: block, accuracy_level: 0 });
  return {
    ...model,
    opsets: new Map([...model.opsets, ['com.microsoft', 1]]),
    graph: {
      ...graph,
      inputs: graph.inputs.filter((input) => input.name !== tensor.name),
      initializers: graph.initializers.flatMap((constant) => (constant === tensor ? tensors : [constant])),
      nodes: graph.nodes.flatMap((other) =>
        other === node
          ? product(
              node,
              tensors.map((t) => t.name),
              values,
            )
          : [other],
      ),
    },
  };
}

/** Whether nothing but the second input of its node takes a weight: subgraphs and outputs would miss its name. */
function isOnlyFactor(
  { tensor: { name }, node }: Weight,
  { outputs }: Graph,
  takers: ReadonlyMap<string, readonly Node[]>,
): boolean {
  return (
    takers.get(name)?.length === 1 &&
    node.inputs.indexOf(name) === 1 &&
    node.inputs.lastIndexOf(name) === 1 &&
    !outputs.some((output) => output.name === name)
  );
}

function product(node: Node, weight: readonly string[], values: ReadonlyMap<string, Attribute>): Node[] {
  const [input = '', , bias] = node.inputs;
  const [output = ''] = node.outputs;
  const sum = bias ? `${output}:product` : output;
  const nodes = [
    { ...nodeOf('MatMulNBits', [input, ...weight], [sum], values, 'com.microsoft'), name: node.name },
  ];
  return bias ? [...nodes, nodeOf('Add', [sum, bias], [output])] : nodes;
}

function isPlainGemm(node: Node): boolean {
  const one = (name: string) => {
    const attribute: Attribute | undefined = node.attributes.get(name);
    return attribute === undefined || (attribute.kind === 'float' && attribute.value === 1);
  };
  return node.op === 'Gemm' && intOf(node, 'transA', 0) === 0 && one('alpha') && one('beta');
}

/** The weight as `[N, K]`, padded with zeros to whole blocks and quantized. */
async function quantized(
  { tensor, sumAxis }: Weight,
  floats: Float32Array,
  { block, pause }: Pick<BlockWay, 'block' | 'pause'>,
) {
  const [inner, columns] = [tensor.dims[sumAxis] ?? 0, tensor.dims[1 - sumAxis] ?? 0];
  const padded = Math.ceil(inner / block) * block;
  const rows = new Float32Array(columns * padded);
  for (let n = 0; n < columns; n++) {
    for (let k = 0; k < inner; k++) {
      rows[n * padded + k] = floats[sumAxis === 1 ? n * inner + k : k * columns + n] as number;
    }
  }
  const { integers, scales } = await quantizeBlocks(rows, [columns, padded, 1], block, pause);
  return { integers: integers.map((integer) => integer + 8), scales };
}
