import type { Shape } from '../core/shape';
import { HELPER } from '../core/runnable';
import { attributes, intOf, intsOf, stringOf } from '../ir/attributes';
import { nodeOf } from '../ir/build';
import { tensorOf } from '../ir/data';
import type { Graph, Model, Node } from '../ir/model';
import { functionPath, heldGraphs, subgraphPath } from '../ir/places';
import { mapGraphs } from '../ir/walk';
import { inferAll, visibleShapes, type Shapes } from './infer-shapes';

/** What the kernel reads at a time where it goes wrong: from the second time on, so that just these are right. */
const CHANNELS_AT_ONCE = 3;
/** From this operator set on `Pad` takes its sizes as an input. */
const PADS_ARE_INPUTS = 11;

/**
 * The model with zeros for further input channels at every convolution that ONNX Runtime Web 1.30.0 gets wrong on
 * WebGPU; the same model where it holds none. For nobody to see but WebGPU: the nodes it adds are named `HELPER…`.
 *
 * Wrong are ungrouped `Conv` and `FusedConv` over one or two dimensions whose input channels are a multiple of 3 but
 * not of 4, and over 3, and whose output channels are a multiple of 4: the kernel takes three channels at a time
 * there, but finds them as if there were four. Measured against the native build for 1 to 48 channels, kernels of
 * 1 × 1 to 7 × 1, strides, dilations, pads, batches, biases, fused activations, and weights that are constants,
 * dequantized or inputs. Right are products (1 × 1, one step at a time, no pads), groups, `ConvTranspose` and three
 * dimensions. Where the sizes of weights are unknown before a run, so is whether they need this: they stay.
 * @see https://github.com/microsoft/onnxruntime/issues/29651
 */
export function widenConvolutions(model: Model): Model {
  const all = inferAll(model);
  let widened = 0;

  function within(nodes: readonly Node[], path: string, opset: number): readonly Node[] {
    const shapes = visibleShapes(all, path);
    return nodes.flatMap((original, place) => {
      const node = withGraphs(original, path, place, opset);
      const spare = spareChannels(node, shapes);
      if (spare === 0) return [node];
      widened += 1;
      return widen(node, shapes, spare, opset);
    });
  }

  function withGraphs(node: Node, path: string, place: number, opset: number): Node {
    const paths = new Map<Graph, string>();
    for (const [name, attribute] of node.attributes) {
      for (const { part, graph } of heldGraphs(name, attribute))
        paths.set(graph, subgraphPath(path, place, part));
    }
    if (paths.size === 0) return node;
    const inside = (graph: Graph): Graph => ({
      ...graph,
      nodes: within(graph.nodes, paths.get(graph) ?? '', opset),
    });
    const changed = Array.from(node.attributes, ([name, value]) => [name, mapGraphs(value, inside)] as const);
    return { ...node, attributes: new Map(changed) };
  }

  const opset = model.opsets.get('') ?? 1;
  const nodes = within(model.graph.nodes, '', opset);
  const functions = model.functions.map((body) => ({
    ...body,
    nodes: within(body.nodes, functionPath(body), body.opsets.get('') ?? opset),
  }));
  return widened === 0 ? model : { ...model, functions, graph: { ...model.graph, nodes } };
}

/** Channels of zeros that a convolution needs to be computed rightly. */
function spareChannels(node: Node, shapes: Shapes): number {
  const isConvolution = isOperator(node, '', 'Conv') || isOperator(node, 'com.microsoft', 'FusedConv');
  if (!isConvolution || intOf(node, 'group', 1) !== 1) return 0;
  // A function's caller says what these are: there may be groups after all.
  if ([...node.attributes.values()].some(({ kind }) => kind === 'reference')) return 0;
  const shape = shapes.get(node.inputs[1] ?? '')?.shape ?? [];
  const [gives, takes] = shape;
  if (shape.length > 4 || typeof gives !== 'number' || typeof takes !== 'number') return 0;
  const isMisread = takes > CHANNELS_AT_ONCE && takes % CHANNELS_AT_ONCE === 0 && takes % 4 !== 0;
  return isMisread && gives % 4 === 0 && !isProduct(node, shape) ? 4 - (takes % 4) : 0;
}

function isOperator({ domain, op }: Node, ofDomain: string, name: string): boolean {
  return domain === ofDomain && op === name;
}

/** Whether every output element comes of one place of the input: ONNX Runtime multiplies matrices then. */
function isProduct(node: Node, weights: NonNullable<Shape>): boolean {
  const isOne = (value: unknown) => value === 1;
  const isPadded = stringOf(node, 'auto_pad', 'NOTSET') === 'NOTSET' && intsOf(node, 'pads')?.some(Boolean);
  return weights.slice(2).every(isOne) && (intsOf(node, 'strides') ?? []).every(isOne) && !isPadded;
}

function widen(node: Node, shapes: Shapes, spare: number, opset: number): Node[] {
  const [x = '', w = '', ...others] = node.inputs;
  const name = `${HELPER}${node.outputs[0] ?? ''}`;
  const rank = shapes.get(w)?.shape?.length ?? 0;
  const sizes = Array.from({ length: rank * 2 }, (_, at) => (at === rank + 1 ? spare : 0));
  const pad = (input: string, output: string): Node =>
    opset < PADS_ARE_INPUTS
      ? named(nodeOf('Pad', [input], [output], attributes({ pads: sizes })))
      : named(nodeOf('Pad', [input, `${name}:pads`], [output]));
  const pads = tensorOf('', 'int64', [rank * 2], BigInt64Array.from(sizes, BigInt));
  return [
    ...(opset < PADS_ARE_INPUTS
      ? []
      : [named(nodeOf('Constant', [], [`${name}:pads`], attributes({ value: pads })))]),
    pad(x, `${name}:x`),
    pad(w, `${name}:w`),
    { ...node, inputs: [`${name}:x`, `${name}:w`, ...others] },
  ];
}

function named(node: Node): Node {
  return { ...node, name: node.outputs[0] ?? '' };
}
