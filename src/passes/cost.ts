import type { Model, Node } from '../ir/model';
import { operatorOf } from '../ir/operators';
import { inferShapes, siteOf, type Shapes } from './infer-shapes';

/**
 * Multiply-accumulates of one run with every free dimension at 1, by node of the main graph. `null` for a node
 * whose operator or shapes are unknown here; operators without products count 0.
 */
export function nodeMacs(model: Model, shapes: Shapes = inferShapes(model, 1)): Map<Node, number | null> {
  return new Map(model.graph.nodes.map((node) => [node, macsOf(node, model, shapes)]));
}

/** Multiply-accumulates of the whole main graph; `null` where a node's are unknown. */
export function totalMacs(model: Model): number | null {
  let total = 0;
  for (const macs of nodeMacs(model).values()) {
    if (macs === null) return null;
    total += macs;
  }
  return total;
}

/** Multiply-accumulates of one node; `null` where they are unknown. */
export function macsOf(node: Node, model: Model, shapes: Shapes): number | null {
  const operator = operatorOf(node);
  if (operator === undefined) return null;
  if (operator.macs === undefined) return 0;
  const outputs = node.outputs.map((name) => shapes.get(name) ?? { dtype: null, shape: null });
  return operator.macs(siteOf(node, shapes, model.opsets.get(node.domain) ?? 1), outputs);
}
