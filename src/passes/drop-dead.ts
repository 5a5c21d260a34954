import type { Graph, Model, Node } from '../ir/model';
import { producersOf, usesOf } from '../ir/walk';

/** The model without nodes and constants of its main graph that no output needs. */
export function dropDead(model: Model): Model {
  return { ...model, graph: keepNeeded(model.graph) };
}

/** The graph without nodes and constants that no output needs; what an input is without being fed stays. */
export function keepNeeded(graph: Graph): Graph {
  const producers = producersOf(graph.nodes);
  const needed = new Set<Node>();
  const names = new Set(graph.outputs.map(({ name }) => name));
  // Names that join the set on the way are visited as well.
  for (const name of names) {
    const node = producers.get(name);
    if (!node || needed.has(node)) continue;
    needed.add(node);
    for (const used of usesOf(node)) names.add(used);
  }
  const made = new Set([...needed].flatMap(({ outputs }) => outputs));
  const inputs = new Set(graph.inputs.map(({ name }) => name));
  return {
    ...graph,
    nodes: graph.nodes.filter((node) => needed.has(node)),
    values: graph.values.filter(({ name }) => made.has(name) || names.has(name)),
    initializers: graph.initializers.filter(({ name }) => names.has(name) || inputs.has(name)),
    sparse: graph.sparse.filter(({ values }) => names.has(values.name)),
  };
}
