import { valueOf } from '../ir/build';
import type { Model } from '../ir/model';
import { inferShapes } from './infer-shapes';

/** The model with the dtype and shape of every value of its main graph written down, as far as they are known. */
export function declareShapes(model: Model): Model {
  const { graph } = model;
  const said = new Set([...graph.inputs, ...graph.outputs, ...graph.values].map(({ name }) => name));
  const shapes = inferShapes(model);
  const found = graph.nodes.flatMap(({ outputs }) =>
    outputs.flatMap((name) => {
      const known = shapes.get(name);
      const isTensor = known?.dtype && known.shape && !known.type;
      return isTensor && !said.has(name) ? [valueOf(name, known.dtype, known.shape)] : [];
    }),
  );
  return { ...model, graph: { ...graph, values: [...graph.values, ...found] } };
}
