import { elementCount } from '../core/shape';
import { intOf } from '../ir/attributes';
import { readFloats, tensorOf } from '../ir/data';
import type { Model, Node, Tensor } from '../ir/model';
import { consumersOf, producersOf } from '../ir/walk';

/**
 * The model with each `BatchNormalization` behind a convolution or dense layer folded into that layer's weights,
 * which are read; other weights are not. Throws as reading them does.
 */
export async function fuseBatchnorm(model: Model): Promise<Model> {
  const { graph } = model;
  const producers = producersOf(graph.nodes);
  const consumers = consumersOf(graph.nodes);
  const constants = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const replaced = new Map<Node, Node | null>();
  const taken = new Set([...constants.keys(), ...producers.keys(), ...graph.inputs.map(({ name }) => name)]);
  for (const norm of graph.nodes) {
    const [from = ''] = norm.inputs;
    const layer = producers.get(from);
    const isOnly = consumers.get(from)?.length === 1 && !outputs.has(from);
    if (norm.op !== 'BatchNormalization' || layer === undefined || !isOnly || replaced.has(layer)) continue;
    const folded = await fold(layer, norm, constants);
    if (folded === null) continue;
    const weight = place(folded.weight, layer.inputs[1], 'weight');
    const bias = place(folded.bias, layer.inputs[2], 'bias');
    const inputs = [layer.inputs[0] ?? '', weight, bias];
    replaced.set(layer, { ...layer, inputs, outputs: norm.outputs.slice(0, 1) });
    replaced.set(norm, null);

    /** Under its own name where nothing else takes it; its name tells which layer it belongs to. */
    function place(tensor: Tensor, name: string | undefined, what: string): string {
      const isOwn = name !== undefined && name !== '' && consumers.get(name)?.length === 1;
      let own = isOwn ? name : `${(layer?.inputs[1] ?? '').replace(/\.weight$/, '')}.${what}`;
      while (!isOwn && taken.has(own)) own = `${own}_folded`;
      taken.add(own);
      constants.set(own, { ...tensor, name: own });
      return own;
    }
  }
  if (replaced.size === 0) return model;
  const nodes = graph.nodes.flatMap((node) => {
    const other = replaced.get(node);
    return other === undefined ? [node] : other === null ? [] : [other];
  });
  return { ...model, graph: { ...graph, nodes, initializers: [...constants.values()] } };
}

/** Weight and bias of the two together; `null` where they cannot be. */
async function fold(
  layer: Node,
  norm: Node,
  constants: ReadonlyMap<string, Tensor>,
): Promise<{ weight: Tensor; bias: Tensor } | null> {
  const axis = channelAxis(layer);
  const weight = constants.get(layer.inputs[1] ?? '');
  const [scale, shift, mean, variance] = norm.inputs.slice(1).map((name) => constants.get(name));
  if (axis === null || !weight || !scale || !shift || !mean || !variance) return null;
  if ([weight, scale, shift, mean, variance].some(({ dtype }) => dtype !== 'float32')) return null;
  if (intOf(norm, 'training_mode', 0) !== 0) return null;
  const given = layer.inputs[2] ?? '';
  const before = given === '' ? null : constants.get(given);
  const channels = weight.dims[axis] ?? 0;
  if (before === undefined || (before && elementCount(before.dims) !== channels)) return null;
  const numbers = [scale, shift, mean, variance, weight, ...(before ? [before] : [])].map(readFloats);
  const [s, h, m, v, w, b] = await Promise.all(numbers);
  if (!s || !h || !m || !v || !w || b === null) return null;
  const epsilon = norm.attributes.get('epsilon');
  const eps = epsilon?.kind === 'float' ? epsilon.value : 1e-5;
  const factors = Float64Array.from(s, (one, at) => one / Math.sqrt((v[at] ?? 0) + eps));
  const inner = elementCount(weight.dims.slice(axis + 1));
  const weights = w.map((one, at) => one * (factors[Math.floor(at / inner) % channels] ?? NaN));
  const biases = h.map((one, at) => one + ((b?.[at] ?? 0) - (m[at] ?? 0)) * (factors[at] ?? NaN));
  return {
    weight: tensorOf(weight.name, 'float32', weight.dims, weights),
    bias: tensorOf(given, 'float32', [channels], biases),
  };
}

/** The dimension of the weights that counts the channels a layer gives; `null` for other layers. */
function channelAxis(node: Node): number | null {
  if (node.domain !== '') return null;
  if (node.op === 'Conv') return 0;
  if (node.op === 'ConvTranspose') return intOf(node, 'group', 1) === 1 ? 1 : null;
  if (node.op !== 'Gemm' || intOf(node, 'transA', 0) !== 0) return null;
  const isPlain = ['alpha', 'beta'].every((name) => {
    const attribute = node.attributes.get(name);
    return attribute === undefined || (attribute.kind === 'float' && attribute.value === 1);
  });
  return isPlain ? (intOf(node, 'transB', 0) === 0 ? 1 : 0) : null;
}
