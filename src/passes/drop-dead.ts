import type { Model } from '../ir/model';
import { usesOf } from '../ir/walk';

/** The model without nodes of its main graph that no output needs, and without constants that no node takes. */
export function dropDead(model: Model): Model {
  const { graph } = model;
  const wanted = new Set(graph.outputs.map(({ name }) => name));
  let nodes = graph.nodes;
  for (let before = -1; before !== wanted.size;) {
    before = wanted.size;
    nodes = graph.nodes.filter(({ outputs }) => outputs.some((name) => wanted.has(name)));
    for (const node of nodes) for (const name of usesOf(node)) wanted.add(name);
  }
  const initializers = graph.initializers.filter(({ name }) => wanted.has(name));
  const made = new Set([...nodes.flatMap(({ outputs }) => outputs), ...wanted]);
  const values = graph.values.filter(({ name }) => made.has(name));
  return { ...model, graph: { ...graph, nodes, initializers, values } };
}
