import type { Graph, Node } from '../ir/model';
import { mapGraphs } from '../ir/walk';

/** Nodes that take other values in place of some, in the graphs they hold too; what they make keeps its name. */
export function renameUses(nodes: readonly Node[], names: ReadonlyMap<string, string>): readonly Node[] {
  if (names.size === 0) return nodes;
  const to = (name: string) => names.get(name) ?? name;
  const inside = (graph: Graph): Graph => ({
    ...graph,
    nodes: renameUses(graph.nodes, names),
    outputs: graph.outputs.map((output) => ({ ...output, name: to(output.name) })),
  });
  return nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map(to),
    attributes: new Map(Array.from(node.attributes, ([key, value]) => [key, mapGraphs(value, inside)])),
  }));
}
