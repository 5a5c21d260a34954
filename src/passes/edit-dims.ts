import type { Dim, Shape } from '../core/shape';
import type { Graph, Model, Node, Type, Value } from '../ir/model';
import { mapGraphs } from '../ir/walk';
import { inferShapes } from './infer-shapes';

/** A named dimension as another name or a size, wherever the model says it: in graphs inside and functions too. */
export function setDimension(model: Model, name: string, to: Dim): Model {
  const change = (value: Value): Value => withDims(value, (dim) => (dim === name ? to : dim));
  return {
    ...model,
    graph: mapValues(model.graph, change),
    functions: model.functions.map((body) => ({
      ...body,
      values: body.values.map(change),
      nodes: body.nodes.map((node) => mapInner(node, change)),
    })),
  };
}

/**
 * One dimension of one input or output. What was declared of other values may not hold for it any more: between
 * nodes it is left to be inferred, and outputs are declared as they are inferred.
 */
export function setAxis(model: Model, { port, axis }: { port: string; axis: number }, to: Dim): Model {
  const set = (value: Value): Value =>
    value.name === port ? withDims(value, (dim, at) => (at === axis ? to : dim)) : value;
  const graph = { ...model.graph, inputs: model.graph.inputs.map(set), values: [] };
  const isInput = graph.inputs.some(({ name }) => name === port);
  if (!isInput) return { ...model, graph: { ...graph, outputs: graph.outputs.map(set) } };
  const open = graph.outputs.map((value) => withDims(value, () => null));
  const shapes = inferShapes({ ...model, graph: { ...graph, outputs: open } });
  const outputs = graph.outputs.map((value) => {
    const inferred: Shape = shapes.get(value.name)?.shape ?? null;
    return withDims(value, (dim, at) => inferred?.[at] ?? dim);
  });
  return { ...model, graph: { ...graph, outputs } };
}

function mapValues(graph: Graph, change: (value: Value) => Value): Graph {
  return {
    ...graph,
    inputs: graph.inputs.map(change),
    outputs: graph.outputs.map(change),
    values: graph.values.map(change),
    nodes: graph.nodes.map((node) => mapInner(node, change)),
  };
}

function mapInner(node: Node, change: (value: Value) => Value): Node {
  if (!Array.from(node.attributes.values()).some(({ kind }) => kind === 'graph' || kind === 'graphs'))
    return node;
  const attributes = Array.from(
    node.attributes,
    ([key, attribute]) => [key, mapGraphs(attribute, (graph) => mapValues(graph, change))] as const,
  );
  return { ...node, attributes: new Map(attributes) };
}

function withDims(value: Value, change: (dim: Dim, axis: number) => Dim): Value {
  return { ...value, type: value.type && mapDims(value.type, change) };
}

function mapDims(type: Type, change: (dim: Dim, axis: number) => Dim): Type {
  if ('shape' in type) return { ...type, shape: type.shape && type.shape.map(change) };
  if (type.kind === 'sequence' || type.kind === 'optional') return { ...type, of: mapDims(type.of, change) };
  return type;
}
