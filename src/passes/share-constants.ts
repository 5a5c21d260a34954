import { storedBytes } from '../ir/data';
import type { Model, Tensor } from '../ir/model';
import { renameUses } from './rename-uses';

/** Larger constants are shared where they are recorded; comparing them would mean reading them. */
const MAX_BYTES = 4096;

/** The model with one of each small constant: others that hold the same give way to the first. */
export function shareConstants(model: Model): Model {
  const { graph } = model;
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const first = new Map<string, string>();
  const names = new Map<string, string>();
  for (const tensor of graph.initializers) {
    const key = keyOf(tensor);
    if (key === null || outputs.has(tensor.name)) continue;
    const found = first.get(key);
    if (found === undefined) first.set(key, tensor.name);
    else names.set(tensor.name, found);
  }
  if (names.size === 0) return model;
  const initializers = graph.initializers.filter(({ name }) => !names.has(name));
  return { ...model, graph: { ...graph, initializers, nodes: renameUses(graph.nodes, names) } };
}

function keyOf(tensor: Tensor): string | null {
  const { data, dtype, dims } = tensor;
  if (data.kind !== 'bytes' || storedBytes(tensor) > MAX_BYTES) return null;
  return `${dtype} ${dims.join(',')} ${data.bytes.join(',')}`;
}
