import { intOf } from '../ir/attributes';
import { dtypeOf } from '../ir/dtype-numbers';
import type { Model, Node } from '../ir/model';
import { producersOf } from '../ir/walk';
import { inferShapes, type Shapes } from './infer-shapes';
import { renameUses } from './rename-uses';

/**
 * The model without nodes that give what they take: `Identity`, `Cast` to the same dtype, `Dropout` as it runs.
 * One that makes an output of the model stays where what it takes is an input, a constant or another output.
 */
export function dropIdentities(model: Model): Model {
  const { graph } = model;
  const shapes = inferShapes(model);
  const producers = producersOf(graph.nodes);
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const uses = new Map<string, string>();
  const makes = new Map<string, string>();
  const gone = new Set<Node>();
  for (const node of graph.nodes) {
    const [from = '', to = ''] = [node.inputs[0], node.outputs[0]];
    if (!givesWhatItTakes(node, shapes)) continue;
    const source = uses.get(from) ?? from;
    if (outputs.has(to)) {
      if (!producers.has(source) || outputs.has(source) || makes.has(source)) continue;
      makes.set(source, to);
      uses.set(source, to);
    } else uses.set(to, source);
    gone.add(node);
  }
  if (gone.size === 0) return model;
  const final = new Map(Array.from(uses, ([name, other]) => [name, makes.get(other) ?? other]));
  const kept = graph.nodes.filter((node) => !gone.has(node));
  const nodes = renameUses(kept, final).map((node) => ({
    ...node,
    outputs: node.outputs.map((name) => makes.get(name) ?? name),
  }));
  return { ...model, graph: { ...graph, nodes } };
}

function givesWhatItTakes(node: Node, shapes: Shapes): boolean {
  if (node.domain !== '' || node.outputs.length !== 1) return false;
  if (node.op === 'Identity') return true;
  if (node.op === 'Dropout') return (node.inputs[2] ?? '') === '';
  const known = shapes.get(node.inputs[0] ?? '')?.dtype;
  return node.op === 'Cast' && known != null && dtypeOf(intOf(node, 'to', 0)) === known;
}
