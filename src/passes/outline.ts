import { formatShape } from '../core/shape';
import type {
  AttributeOutline,
  GraphEntry,
  GraphOutline,
  NodeOutline,
  TensorOutline,
  ValueOutline,
} from '../core/outline';
import type { PortFacts } from '../core/facts';
import { AppError } from '../core/problem';
import { supportOf } from '../core/support';
import { storedBytes } from '../ir/data';
import type { Attribute, Metadata, Model, Node, SparseTensor, Tensor, Value } from '../ir/model';
import { operatorName, operatorOf } from '../ir/operators';
import { functionPath, heldGraphs, locateGraphs, subgraphPath, type Located } from '../ir/places';
import { formatType } from '../ir/print';
import { inferAll, inferMacs, visibleShapes, type Shapes } from './infer-shapes';
import { valueBytes } from './memory';

/** Characters of an attribute's value that are shown before it is cut. */
const LONGEST_TEXT = 400;
/** Numbers of a list that are shown before it is cut. */
const MOST_NUMBERS = 64;

/** The graphs of a model that can be entered, the main one first. */
export function listGraphs(model: Model): GraphEntry[] {
  return Array.from(locateGraphs(model), (located) => ({
    path: located.path,
    kind: located.kind,
    title: located.title,
    nodes: nodesOf(located).length,
  }));
}

/** One graph of a model as plain data for the screens; throws `graph_not_there`. */
export function outlineGraph(model: Model, path = ''): GraphOutline {
  const located = [...locateGraphs(model)].find((each) => each.path === path);
  if (!located) throw new AppError('graph_not_there', { file: model.file, path });
  const nodes = nodesOf(located);
  const shapes = visibleShapes(inferAll(model), path);
  const single = visibleShapes(inferAll(model, 1), path);
  const macs = inferMacs(model);
  const opset = model.opsets.get('') ?? 1;
  const tensors = tensorsIn(located);
  const functions = new Map(
    model.functions.map((body) => [`${body.domain}::${body.name}`, functionPath(body)]),
  );
  const bytes = new Map(tensors.map(({ name, bytes }) => [name, bytes]));
  return {
    path,
    kind: located.kind,
    title: located.title,
    ...aboutOf(located),
    tensors,
    nodes: nodes.map((node, index) => ({
      ...describeNode(node, path, index),
      support: supportOf(operatorName(node), opset),
      macs: macs.get(node) ?? null,
      weightBytes: node.inputs.reduce((sum, name) => sum + (bytes.get(name) ?? 0), 0),
      activationBytes: totalBytes(node, single),
      calls: functions.get(`${node.domain}::${node.op}`) ?? null,
    })),
    values: valuesOf(shapes, single),
    free: [...new Set([...shapes.values()].flatMap(({ shape }) => shape ?? []))].filter(
      (dim) => typeof dim === 'string',
    ),
  };
}

function nodesOf(located: Located): readonly Node[] {
  return located.kind === 'function' ? located.body.nodes : located.graph.nodes;
}

function aboutOf(located: Located): Pick<GraphOutline, 'doc' | 'metadata' | 'inputs' | 'outputs'> {
  if (located.kind === 'function') {
    const { doc, metadata, inputs, outputs } = located.body;
    const open = (name: string): PortFacts => ({ name, dtype: 'as called', shape: null });
    return { doc, metadata: plain(metadata), inputs: inputs.map(open), outputs: outputs.map(open) };
  }
  const { graph } = located;
  const constant = new Set(graph.initializers.map(({ name }) => name));
  return {
    doc: graph.doc,
    metadata: plain(graph.metadata),
    inputs: graph.inputs.filter(({ name }) => !constant.has(name)).map(portOf),
    outputs: graph.outputs.map(portOf),
  };
}

function portOf({ name, type }: Value): PortFacts {
  if (type === null) return { name, dtype: 'unknown', shape: null };
  return { name, dtype: formatType(type), shape: 'shape' in type ? type.shape : null };
}

function tensorsIn(located: Located): TensorOutline[] {
  if (located.kind === 'function') return [];
  const { initializers, sparse, quantization } = located.graph;
  const roles = new Map(quantization.map(({ tensor, parameters }) => [tensor, plain(parameters)]));
  return [
    ...initializers.map((tensor) => describeTensor(tensor, roles)),
    ...sparse.map((tensor) => describeSparse(tensor, roles)),
  ];
}

function describeTensor(tensor: Tensor, roles: ReadonlyMap<string, Record<string, string>>): TensorOutline {
  const { name, dtype, dims, data, doc, metadata } = tensor;
  return {
    name,
    dtype,
    dims,
    bytes: storedBytes(tensor),
    location: data.kind === 'external' ? data.location : null,
    present: data.kind !== 'external' || data.blob !== null,
    sparse: false,
    doc,
    metadata: plain(metadata),
    quantization: roles.get(name) ?? {},
  };
}

function describeSparse(
  { values, indices, dims }: SparseTensor,
  roles: ReadonlyMap<string, Record<string, string>>,
): TensorOutline {
  const bytes = storedBytes(values) + storedBytes(indices);
  return { ...describeTensor(values, roles), dims, bytes, sparse: true };
}

function describeNode(
  node: Node,
  path: string,
  index: number,
): Omit<NodeOutline, 'macs' | 'weightBytes' | 'activationBytes' | 'calls' | 'support'> {
  const known = operatorOf(node);
  return {
    index,
    name: node.name,
    operator: operatorName(node),
    inputs: node.inputs,
    outputs: node.outputs,
    attributes: Array.from(node.attributes, ([name, attribute]) =>
      describeAttribute(name, attribute, (part) => subgraphPath(path, index, part)),
    ),
    says: known?.says ?? '',
    spec: known?.spec ?? '',
    doc: node.doc,
    metadata: plain(node.metadata),
  };
}

function describeAttribute(
  name: string,
  attribute: Attribute,
  pathOf: (part: string) => string,
): AttributeOutline {
  const [held] = heldGraphs(name, attribute);
  return { name, kind: attribute.kind, text: textOf(attribute), graph: held ? pathOf(held.part) : null };
}

function textOf(attribute: Attribute): string {
  switch (attribute.kind) {
    case 'int':
      return String(attribute.value);
    case 'float':
      return shortest(attribute.value);
    case 'string':
      return cut(decode(attribute.value));
    case 'ints':
      return list(attribute.value);
    case 'floats':
      return list(attribute.value.map(shortest));
    case 'strings':
      return list(attribute.value.map(decode));
    case 'tensor':
      return tensorText(attribute.value);
    case 'tensors':
      return list(attribute.value.map(tensorText));
    case 'sparse':
      return `sparse ${tensorText(attribute.value.values)}`;
    case 'sparses':
      return `${attribute.value.length} sparse tensors`;
    case 'graph':
      return `${attribute.value.nodes.length} nodes`;
    case 'graphs':
      return `${attribute.value.length} graphs`;
    case 'type':
      return formatType(attribute.value);
    case 'types':
      return list(attribute.value.map(formatType));
    case 'reference':
      return `the function’s ${attribute.name}`;
  }
}

/** A float32 as people write it: 0.00001, not the double next to it. */
function shortest(value: number): string {
  return String(Number(value.toPrecision(7)));
}

function tensorText({ dtype, dims }: Tensor): string {
  return `${dtype} ${formatShape(dims)}`;
}

function list(values: readonly (string | number | bigint)[]): string {
  const more = values.length - MOST_NUMBERS;
  const shown = values.slice(0, MOST_NUMBERS).join(', ');
  return cut(more > 0 ? `${shown} and ${more} more` : shown);
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function valuesOf(shapes: Shapes, single: Shapes): Record<string, ValueOutline> {
  return Object.fromEntries(
    Array.from(shapes, ([name, { dtype, shape }]) => [
      name,
      { name, dtype: dtype ?? 'unknown', shape, bytes: valueBytes(single.get(name)) },
    ]),
  );
}

function totalBytes(node: Node, shapes: Shapes): number | null {
  let total = 0;
  for (const name of node.outputs.filter(Boolean)) {
    const bytes = valueBytes(shapes.get(name));
    if (bytes === null) return null;
    total += bytes;
  }
  return total;
}

function plain(metadata: Metadata): Record<string, string> {
  return Object.fromEntries(metadata);
}
