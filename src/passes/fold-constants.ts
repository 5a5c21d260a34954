import { elementCount, type Dim } from '../core/shape';
import { intOf } from '../ir/attributes';
import { readFloats, tensorOf } from '../ir/data';
import { dtypeOf } from '../ir/dtype-numbers';
import type { Model, Node, Tensor } from '../ir/model';
import { inferShapes, type Shapes } from './infer-shapes';

/** Elements that are worth reading to spare a Cast at every run. */
const MAX_ELEMENTS = 2 ** 26;

/**
 * The model with constants in place of nodes whose result is known: small whole numbers and truth values as shapes
 * are made of, constants in other dimensions, 16-bit floats that are widened to 32. Throws as reading them does.
 */
export async function foldConstants(model: Model): Promise<Model> {
  const { graph } = model;
  const shapes = inferShapes(model);
  const constants = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const kept: Node[] = [];
  for (const node of graph.nodes) {
    const [output = '', ...more] = node.outputs;
    const isFoldable = more.length === 0 && !outputs.has(output) && node.domain === '';
    const folded = isFoldable ? await fold(node, output, constants, shapes) : null;
    if (folded) constants.set(output, folded);
    else kept.push(node);
  }
  if (kept.length === graph.nodes.length) return model;
  return { ...model, graph: { ...graph, nodes: kept, initializers: [...constants.values()] } };
}

async function fold(
  node: Node,
  output: string,
  constants: ReadonlyMap<string, Tensor>,
  shapes: Shapes,
): Promise<Tensor | null> {
  const taken = node.inputs.filter(Boolean).map((name) => constants.get(name));
  const [tensor] = taken;
  if (tensor === undefined || taken.includes(undefined)) return null;
  const known = shapes.get(output);
  const dims = known?.shape?.filter((dim) => typeof dim === 'number') ?? [];
  if (known?.dtype == null || known.shape === null || dims.length !== known.shape.length) return null;
  if (reshaping.has(node.op) && elementCount(dims) === elementCount(tensor.dims)) {
    return { ...tensor, name: output, dims };
  }
  const to = dtypeOf(intOf(node, 'to', 0));
  if (node.op === 'Cast' && to === 'float32' && /^b?float16$/.test(tensor.dtype)) {
    if (elementCount(tensor.dims) > MAX_ELEMENTS) return null;
    const floats = await readFloats(tensor);
    return floats && tensorOf(output, 'float32', tensor.dims, floats);
  }
  return known.elements ? small(output, known.dtype, dims, known.elements) : null;
}

const reshaping = new Set(['Reshape', 'Squeeze', 'Unsqueeze', 'Flatten']);

function small(
  name: string,
  dtype: string,
  dims: readonly number[],
  elements: readonly Dim[],
): Tensor | null {
  const numbers = elements.filter((element) => typeof element === 'number');
  if (numbers.length !== elements.length || numbers.length !== elementCount(dims)) return null;
  if (dtype === 'int64') return tensorOf(name, dtype, dims, BigInt64Array.from(numbers, BigInt));
  if (dtype === 'int32') return tensorOf(name, dtype, dims, Int32Array.from(numbers));
  return dtype === 'bool' ? tensorOf(name, dtype, dims, Uint8Array.from(numbers)) : null;
}
