import type { ModelFacts, PortFacts, ValueFacts } from '../core/facts';
import type { Dim } from '../core/shape';
import { elementCount } from '../core/shape';
import { checkModel } from '../ir/check';
import type { Graph, Model, Value } from '../ir/model';
import { operatorName } from '../ir/operators';
import { formatType } from '../ir/print';
import { allGraphs, inOrder, tensorsOf } from '../ir/walk';
import { checkTypes } from './check-types';
import { sumOf } from './cost';
import { inferMacs, inferShapes, type Shapes } from './infer-shapes';

/** What a model is and holds, without reading its weights; `sha256` is the digest of its file. */
export function describeModel(model: Model, file: Blob, sha256: string): Promise<ModelFacts> {
  const { graph } = model;
  const shapes = inferShapes(model);
  const initializers = new Set(graph.initializers.map(({ name }) => name));
  return Promise.resolve({
    format: 'onnx',
    bytes: file.size,
    sha256,
    irVersion: model.irVersion,
    opsets: Object.fromEntries(model.opsets),
    producer: model.producer,
    graph: graph.name,
    doc: model.doc,
    metadata: Object.fromEntries(model.metadata),
    inputs: graph.inputs.filter(({ name }) => !initializers.has(name)).map((port) => portFacts(port, shapes)),
    outputs: graph.outputs.map((port) => portFacts(port, shapes)),
    nodes: graph.nodes.length,
    operators: countOperators(graph),
    initializers: graph.initializers.length + graph.sparse.length,
    parameters: countParameters(graph),
    functions: model.functions.length,
    subgraphs: [...allGraphs(model)].filter(({ kind }) => kind === 'subgraph').length,
    externalData: listExternal(graph),
    macs: sumOf(graph.nodes, inferMacs(model)),
    values: listValues(graph, shapes),
    problems: [...checkModel(model), ...checkTypes(model)],
  });
}

function portFacts({ name, type }: Value, shapes: Shapes): PortFacts {
  if (type === null) return { name, dtype: shapes.get(name)?.dtype ?? 'unknown', shape: null };
  return { name, dtype: formatType(type), shape: 'shape' in type ? type.shape : null };
}

function countOperators(graph: Graph): Record<string, number> {
  const counts = new Map<string, number>();
  for (const node of graph.nodes) counts.set(operatorName(node), (counts.get(operatorName(node)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}

function countParameters(graph: Graph): number {
  return [...graph.initializers, ...graph.sparse].reduce((sum, { dims }) => sum + elementCount(dims), 0);
}

function listExternal(graph: Graph): ModelFacts['externalData'] {
  const sizes = new Map<string, number>();
  for (const { data } of tensorsOf(graph)) {
    if (data.kind === 'external') sizes.set(data.location, (sizes.get(data.location) ?? 0) + data.bytes);
  }
  return Array.from(sizes, ([location, bytes]) => ({ location, bytes }));
}

/** Tensor values that depend on an input and are not outputs already. */
function listValues(graph: Graph, shapes: Shapes): ValueFacts[] {
  const initializers = new Set(graph.initializers.map(({ name }) => name));
  const live = new Set(graph.inputs.map(({ name }) => name).filter((name) => !initializers.has(name)));
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const values: ValueFacts[] = [];
  for (const node of inOrder(graph.nodes)) {
    if (!node.inputs.some((name) => live.has(name))) continue;
    for (const name of node.outputs.filter(Boolean)) {
      live.add(name);
      const known = shapes.get(name);
      if (outputs.has(name) || known?.dtype == null) continue;
      const { dtype, shape } = known;
      values.push({ name, dtype, shape, operator: operatorName(node), elements: countOfOne(shape) });
    }
  }
  return values;
}

/** Elements with every named dimension at 1; 0 where one is unknown. */
function countOfOne(shape: readonly Dim[] | null): number {
  if (shape === null || shape.some((dim, at) => dim === null && at > 0)) return 0;
  return elementCount(shape.map((dim) => (typeof dim === 'number' ? dim : 1)));
}
