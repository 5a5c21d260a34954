import { AppError } from '../core/problem';
import { nodeOf, valueOf } from '../ir/build';
import type { Graph, Model, Node, Value } from '../ir/model';
import { producersOf } from '../ir/walk';
import { inferShapes } from './infer-shapes';

/**
 * The model with values of its graph as further outputs, under their own names; outputs it has already are left
 * as they are. Inputs and initializers, which may not be outputs, come as copies named `<name>:copy`. Throws
 * `graph_no_value`.
 */
export function exposeValues(model: Model, names: readonly string[]): Model {
  const { graph } = model;
  const producers = producersOf(graph.nodes);
  const shapes = inferShapes(model);
  const present = new Set(graph.outputs.map(({ name }) => name));
  const outputs: Value[] = [...graph.outputs];
  const copies: Node[] = [];
  for (const name of new Set(names)) {
    if (present.has(name)) continue;
    const known = shapes.get(name);
    if (known === undefined) throw new AppError('graph_no_value', { file: model.file, value: name });
    // A wrong rank would refuse the whole model; unknown ones may be anything.
    const { dtype, shape } = known;
    if (producers.has(name)) {
      outputs.push(declaredOf(graph, name) ?? valueOf(name, dtype, shape));
      continue;
    }
    const copy = `${name}:copy`;
    copies.push(nodeOf('Identity', [name], [copy]));
    outputs.push(valueOf(copy, dtype, shape));
  }
  return { ...model, graph: { ...graph, outputs, nodes: [...graph.nodes, ...copies] } };
}

function declaredOf(graph: Graph, name: string): Value | undefined {
  return graph.values.find((value) => value.name === name && value.type !== null);
}
