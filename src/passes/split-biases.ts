import { nodeOf } from '../ir/build';
import { readFloats, tensorOf } from '../ir/data';
import type { Model, Node, Tensor } from '../ir/model';
import { producersOf } from '../ir/walk';

/** Layers whose third input is the bias. */
const layers: ReadonlySet<string> = new Set(['Conv', 'ConvTranspose', 'Gemm']);
/** Half of what an `int32` holds: the other half is left to the sum that the bias is added to. */
const MOST_STEPS = 2 ** 30;

/**
 * The model with a bias added behind its layer where ONNX Runtime would let it overflow; the same model where there
 * is none. Where input and weights are dequantized, every backend of ONNX Runtime first makes the bias an `int32` in
 * steps of both scales' product. A channel that training has silenced has weights near zero and so a scale near zero,
 * but a bias of any size. Throws what reading biases and scales throws.
 * @see https://github.com/microsoft/onnxruntime/pull/22889
 */
export async function splitBiases(model: Model): Promise<Model> {
  const { graph } = model;
  const producers = producersOf(graph.nodes);
  const constants = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const terms: Tensor[] = [];
  const nodes: Node[] = [];
  for (const node of graph.nodes) {
    const term = await longBias(node, producers, constants);
    const [output = ''] = node.outputs;
    const product = `${output}:product`;
    if (term === null) nodes.push(node);
    else {
      terms.push(term);
      nodes.push({ ...node, inputs: node.inputs.slice(0, 2), outputs: [product] });
      nodes.push({ ...nodeOf('Add', [product, term.name], [output]), name: term.name });
    }
  }
  if (terms.length === 0) return model;
  return { ...model, graph: { ...graph, nodes, initializers: [...graph.initializers, ...terms] } };
}

/** What has to be added behind a layer, `[channels, 1, 1]` for two dimensions; `null` where its bias may stay. */
async function longBias(
  node: Node,
  producers: ReadonlyMap<string, Node>,
  constants: ReadonlyMap<string, Tensor>,
): Promise<Tensor | null> {
  const [x, w] = node.inputs.slice(0, 2).map((name) => producers.get(name));
  const bias = constants.get(node.inputs[2] ?? '');
  if (!layers.has(node.op) || x?.op !== 'DequantizeLinear' || w?.op !== 'DequantizeLinear' || !bias)
    return null;
  const weight = constants.get(w.inputs[0] ?? '');
  const scales = [x, w].map(({ inputs }) => constants.get(inputs[1] ?? ''));
  const [numbers, input, each] = await Promise.all([bias, ...scales].map(floatsOf));
  if (!weight || !numbers || input?.length !== 1 || !each) return null;
  // One scale for all, or one for each channel.
  if (each.length !== 1 && each.length !== numbers.length) return null;
  const stepOf = (at: number) => (input[0] ?? NaN) * (each[at % each.length] ?? NaN);
  if (numbers.every((value, at) => Math.abs(value) <= MOST_STEPS * stepOf(at))) return null;
  const places = node.op === 'Gemm' ? [] : weight.dims.slice(2).map(() => 1);
  const [name, dims] = [`${node.outputs[0]}:bias`, [...bias.dims, ...places]];
  const beta = node.attributes.get('beta');
  const share = beta?.kind === 'float' ? beta.value : 1;
  if (share === 1) return { ...bias, name, dims };
  return tensorOf(
    name,
    'float32',
    dims,
    numbers.map((value) => share * value),
  );
}

async function floatsOf(tensor: Tensor | undefined): Promise<Float32Array | null> {
  return tensor ? readFloats(tensor) : null;
}
