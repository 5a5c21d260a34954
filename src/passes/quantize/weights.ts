import { AppError } from '../../core/problem';
import { elementCount } from '../../core/shape';
import { axisOf } from '../../ir/dims';
import { intOf } from '../../ir/attributes';
import { storedBytes } from '../../ir/data';
import type { Graph, Model, Node, Tensor } from '../../ir/model';

/** Below this a weight's scales and nodes would take what its bits save. */
const SMALLEST_WEIGHT = 256;

/** A float32 constant that a node multiplies with, and how its dimensions are used. */
export interface Weight {
  tensor: Tensor;
  node: Node;
  elements: number;
  /** The dimension of outputs, along which numbers differ most in size: one int8 scale each. */
  channelAxis: number;
  /** The dimension summed over, along which int4 blocks lie. */
  sumAxis: number;
}

/** The weights of a model's main graph worth storing in fewer bits, in the order nodes use them. */
export function findWeights({ graph }: Model): Weight[] {
  const constants = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const weights = new Map<string, Weight>();
  for (const node of graph.nodes) {
    for (const [index, name] of node.inputs.entries()) {
      const tensor = constants.get(name);
      const axes = tensor && tensor.dtype === 'float32' ? axesOf(node, index, tensor.dims.length) : null;
      if (!tensor || !axes || weights.has(name)) continue;
      const elements = elementCount(tensor.dims);
      // Bytes that do not fit the dimensions are a problem of the graph, and stay as they are.
      const fits = storedBytes(tensor) === elements * 4;
      if (elements >= SMALLEST_WEIGHT && fits) weights.set(name, { tensor, node, elements, ...axes });
    }
  }
  return [...weights.values()];
}

/** Whether an input of a node is a weight, and along which axes. */
function axesOf(node: Node, input: number, rank: number): Pick<Weight, 'channelAxis' | 'sumAxis'> | null {
  if (node.domain !== '') return null;
  switch (node.op) {
    case 'Conv':
      return input === 1 && rank >= 3 ? { channelAxis: 0, sumAxis: 1 } : null;
    case 'ConvTranspose':
      return input === 1 && rank >= 3 ? { channelAxis: 1, sumAxis: 0 } : null;
    case 'Gemm': {
      if (input > 1 || rank !== 2) return null;
      const transposed = intOf(node, input === 0 ? 'transA' : 'transB', 0) === 1;
      const sumAxis = (input === 0) === transposed ? 0 : 1;
      return { channelAxis: 1 - sumAxis, sumAxis };
    }
    case 'MatMul':
      if (input > 1 || rank < 2) return null;
      return input === 1
        ? { channelAxis: rank - 1, sumAxis: rank - 2 }
        : { channelAxis: rank - 2, sumAxis: rank - 1 };
    case 'LSTM':
    case 'GRU':
    case 'RNN':
      return (input === 1 || input === 2) && rank === 3 ? { channelAxis: 1, sumAxis: 2 } : null;
    case 'Gather': {
      const axis = axisOf(intOf(node, 'axis', 0), rank);
      return input === 0 && rank === 2 ? { channelAxis: axis, sumAxis: 1 - axis } : null;
    }
    default:
      return null;
  }
}

/** The model with large tensors of `Constant` nodes as initializers, where every scheme looks for weights. */
export function liftConstants(model: Model): Model {
  const { graph } = model;
  const lifted: Tensor[] = [];
  const nodes = graph.nodes.filter((node) => {
    const value = node.op === 'Constant' && node.domain === '' ? node.attributes.get('value') : undefined;
    const [name] = node.outputs;
    if (value?.kind !== 'tensor' || name === undefined) return true;
    if (elementCount(value.value.dims) < SMALLEST_WEIGHT) return true;
    lifted.push({ ...value.value, name });
    return false;
  });
  if (lifted.length === 0) return model;
  return withGraph(model, { ...graph, nodes, initializers: [...graph.initializers, ...lifted] });
}

/**
 * Throws `quantize_opset` for a model older than the `least` operator set that a scheme can compute weights in;
 * `needed` is the one that it asks for.
 */
export function refuseOlder({ file, opsets }: Model, scheme: string, needed: number, least = needed): void {
  const opset = opsets.get('') ?? 0;
  const reason = 'operators meant other things that long ago';
  if (opset < least) throw new AppError('quantize_opset', { file, scheme, opset, needed, reason });
}

/** What takes a weight's place: constants, and nodes that compute it again under its name. */
export interface Replacement {
  tensors: Tensor[];
  nodes: Node[];
}

/** The model with weights replaced; other nodes keep their inputs, since the names stay. */
export function replaceWeights(model: Model, replaced: ReadonlyMap<string, Replacement>): Model {
  const { graph } = model;
  const parts = [...replaced.values()];
  return withGraph(model, {
    ...graph,
    inputs: graph.inputs.filter(({ name }) => !replaced.has(name)),
    values: graph.values.filter(({ name }) => !replaced.has(name)),
    initializers: graph.initializers.flatMap((tensor) => replaced.get(tensor.name)?.tensors ?? [tensor]),
    nodes: [...parts.flatMap(({ nodes }) => nodes), ...graph.nodes],
  });
}

/** Initializers that are not inputs exist since this version of the IR. */
const FREE_INITIALIZERS = 4;

function withGraph(model: Model, graph: Graph): Model {
  if (model.irVersion >= FREE_INITIALIZERS) return { ...model, graph };
  // Until then every initializer was an input too; listed so today, it could be overridden and is never folded.
  const constants = new Set(graph.initializers.map(({ name }) => name));
  const inputs = graph.inputs.filter(({ name }) => !constants.has(name));
  return { ...model, irVersion: FREE_INITIALIZERS, graph: { ...graph, inputs } };
}
