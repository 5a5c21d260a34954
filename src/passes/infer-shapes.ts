import type { Dim } from '../core/shape';
import { intOf, intsOf, stringOf, tensorAttribute } from '../ir/attributes';
import { dtypeNumbers } from '../ir/dtype-numbers';
import { commonOf, completed, knownOf } from '../ir/known';
import type { Attribute, FunctionBody, Graph, Model, Node, Type } from '../ir/model';
import { unknown, type Known, type Site } from '../ir/op';
import { operatorOf } from '../ir/operators';
import { functionPath, subgraphPath } from '../ir/places';
import { smallNumbers } from '../ir/small-numbers';
import { inOrder } from '../ir/walk';

/** What is known of every value that a graph makes or takes, by name. */
export type Shapes = ReadonlyMap<string, Known>;

/** Graphs inside graphs can ask for more work than their file is long; this many nodes of them are followed. */
const MAX_INNER_NODES = 200_000;
/** Functions that call functions: deeper than any exporter nests modules. */
const MAX_CALLS = 64;

/**
 * Types and shapes of all values of the main graph: what operators say of their outputs, completed by what the
 * file says. Named dimensions are carried through; `bind` replaces them, unknown ones included, by a number.
 * Nothing a file can hold makes this throw.
 */
export function inferShapes(model: Model, bind?: number): Shapes {
  return inferAll(model, bind).get('') ?? new Map<string, Known>();
}

/**
 * The same for every graph, by its path as `ir/places.ts` makes it: types flow from a node into the graph it holds
 * and back, from a call into the function and back. Values taken from a graph outside are in that graph's shapes.
 * Of a function, what holds for all its calls; of one that is never called, what needs no inputs to be known.
 *
 *     inferAll(model).get('7/then_branch')?.get('y')
 */
export function inferAll(model: Model, bind?: number): ReadonlyMap<string, Shapes> {
  const main: Scope = {
    walk: {
      opsets: model.opsets,
      functions: new Map(model.functions.map((body) => [functionPath(body), body])),
      declare: declaring(model.graph, bind),
      left: MAX_INNER_NODES,
    },
    path: '',
    opsets: model.opsets,
    known: new Map(),
    outer: null,
    found: new Map(),
    calls: 0,
  };
  const inputs = model.graph.inputs.map(({ type }) => inputOf(type, bind));
  inferGraph(model.graph, inputs, main);
  for (const [path, body] of main.walk.functions) {
    if (!main.found.has(path)) inferBody(body, [], new Map(), main);
  }
  return main.walk.left < 0 ? new Map([['', main.known]]) : main.found;
}

/** The shapes of a graph and of those around it, as nodes in it see them. */
export function visibleShapes(all: ReadonlyMap<string, Shapes>, path: string): Shapes {
  const parts = path.split('/');
  const visible = new Map<string, Known>();
  // A path is the place in a graph, or a function, followed by pairs of a node and an attribute.
  const isInFunction = parts[0]?.includes('::') === true;
  for (let end = isInFunction ? 1 : 0; end <= parts.length; end += 2) {
    for (const [name, known] of all.get(parts.slice(0, end).join('/')) ?? []) visible.set(name, known);
  }
  return visible;
}

/** What is known of a node's outputs from what is known of its inputs. */
export function siteOf(
  node: Node,
  known: Pick<Shapes, 'get'>,
  opset: number,
  body: Site['body'] = () => null,
): Site {
  return {
    node,
    opset,
    input: (index) => known.get(node.inputs[index] ?? '') ?? unknown,
    has: (index) => (node.inputs[index] ?? '') !== '',
    int: (name, otherwise) => intOf(node, name, otherwise),
    ints: (name) => intsOf(node, name),
    string: (name, otherwise) => stringOf(node, name, otherwise),
    tensor: (name) => tensorAttribute(node, name),
    numbers: (name) => numbersIn(node.attributes.get(name)),
    dtype(name, otherwise) {
      const number = node.attributes.get(name);
      return number?.kind === 'int' ? (dtypeNumbers[Number(number.value)] ?? null) : otherwise;
    },
    body,
  };
}

function numbersIn(attribute: Attribute | undefined): readonly number[] | null {
  switch (attribute?.kind) {
    case 'int':
    case 'float':
      return [Number(attribute.value)];
    case 'ints':
      return attribute.value.map(Number);
    case 'floats':
      return attribute.value;
    default:
      return null;
  }
}

/** What all graphs of one model share while they are gone through. */
interface Walk {
  opsets: ReadonlyMap<string, number>;
  functions: ReadonlyMap<string, FunctionBody>;
  /** What the file says of a value, free dimensions bound. */
  declare(type: Type | null): Known;
  left: number;
}

/** One graph being gone through. */
interface Scope {
  walk: Walk;
  path: string;
  opsets: ReadonlyMap<string, number>;
  known: Map<string, Known>;
  /** The graph around it, whose values it sees. */
  outer: Scope | null;
  found: Map<string, Map<string, Known>>;
  /** How many functions deep this is. */
  calls: number;
}

function lookUp(scope: Scope | null, name: string): Known | undefined {
  for (let at = scope; at !== null; at = at.outer) {
    const known = at.known.get(name);
    if (known !== undefined) return known;
  }
  return undefined;
}

function inferGraph(graph: Graph, inputs: readonly Known[], scope: Scope): Known[] {
  const { known, walk } = scope;
  for (const [at, { name, type }] of graph.inputs.entries()) {
    const given = inputs[at] ?? unknown;
    known.set(name, scope.outer === null ? given : completed(given, walk.declare(type)));
  }
  for (const tensor of graph.initializers) {
    known.set(tensor.name, { dtype: tensor.dtype, shape: tensor.dims, elements: smallNumbers(tensor) });
  }
  for (const { values, dims } of graph.sparse) known.set(values.name, { dtype: values.dtype, shape: dims });
  const declared = new Map(
    [...graph.values, ...graph.outputs].map(({ name, type }) => [name, walk.declare(type)]),
  );
  inferNodes(graph.nodes, declared, scope);
  scope.found.set(scope.path, known);
  return graph.outputs.map(({ name }) => lookUp(scope, name) ?? unknown);
}

function inferNodes(nodes: readonly Node[], declared: ReadonlyMap<string, Known>, scope: Scope): void {
  const places = new Map(nodes.map((node, at) => [node, at]));
  for (const node of inOrder(nodes)) {
    const outputs = inferNode(node, places.get(node) ?? 0, scope);
    for (const [index, name] of node.outputs.entries()) {
      if (name !== '') scope.known.set(name, completed(outputs[index] ?? unknown, declared.get(name)));
    }
  }
}

function inferNode(node: Node, place: number, scope: Scope): readonly Known[] {
  const called = scope.walk.functions.get(
    functionPath({ domain: node.domain, name: node.op, overload: node.overload }),
  );
  const operator = operatorOf(node);
  try {
    if (called !== undefined) {
      const inputs = node.inputs.map((name) => lookUp(scope, name) ?? unknown);
      return inferBody(called, inputs, node.attributes, scope);
    }
    const visible = { get: (name: string) => lookUp(scope, name) };
    const body: Site['body'] = (name, inputs) => inferHeld(node, place, name, inputs, scope);
    const site = siteOf(node, visible, scope.opsets.get(node.domain) ?? 1, body);
    return operator?.infer(site).map(limited) ?? [];
  } catch (error) {
    // Shapes that contradict each other end in impossible array lengths; such a model still has facts.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** A graph in an attribute, with the values around it in sight. */
function inferHeld(node: Node, place: number, name: string, inputs: readonly Known[], scope: Scope) {
  const attribute = node.attributes.get(name);
  if (attribute?.kind !== 'graph' || !canFollow(scope.walk, attribute.value.nodes)) return null;
  const path = subgraphPath(scope.path, place, name);
  return inferGraph(attribute.value, inputs, { ...scope, path, known: new Map(), outer: scope });
}

/** A call of a function: its nodes see nothing but its inputs. */
function inferBody(
  body: FunctionBody,
  inputs: readonly Known[],
  attributes: ReadonlyMap<string, Attribute>,
  scope: Scope,
): Known[] {
  const { walk } = scope;
  if (scope.calls >= MAX_CALLS || !canFollow(walk, body.nodes)) return [];
  const opsets = new Map([...walk.opsets, ...body.opsets]);
  const own = {
    path: functionPath(body),
    known: new Map<string, Known>(),
    found: new Map<string, Map<string, Known>>(),
  };
  const inside: Scope = { walk, opsets, outer: null, calls: scope.calls + 1, ...own };
  for (const [at, name] of body.inputs.entries()) own.known.set(name, inputs[at] ?? unknown);
  const declared = new Map(body.values.map(({ name, type }) => [name, walk.declare(type)]));
  inferNodes(withAttributesOf(body.nodes, new Map([...body.defaults, ...attributes])), declared, inside);
  own.found.set(own.path, own.known);
  for (const [path, shapes] of own.found) addCall(scope.found, path, shapes);
  return body.outputs.map((name) => own.known.get(name) ?? unknown);
}

/** Keeps what holds for this call and all before it. */
function addCall(found: Map<string, Map<string, Known>>, path: string, shapes: Map<string, Known>): void {
  const before = found.get(path);
  const entries = Array.from(shapes, ([name, known]): [string, Known] => {
    const other = before?.get(name);
    return [name, other === undefined ? known : commonOf(known, other)];
  });
  found.set(path, new Map(entries));
}

/** Nodes of a function with the attributes they take from its call, in the graphs they hold too. */
function withAttributesOf(nodes: readonly Node[], call: ReadonlyMap<string, Attribute>): readonly Node[] {
  return nodes.map((node) => {
    const attributes = Array.from(node.attributes).flatMap(([name, attribute]): [string, Attribute][] => {
      if (attribute.kind === 'graph') {
        const inner = { ...attribute.value, nodes: withAttributesOf(attribute.value.nodes, call) };
        return [[name, { ...attribute, value: inner }]];
      }
      if (attribute.kind !== 'reference') return [[name, attribute]];
      const given = call.get(attribute.name);
      return given === undefined ? [] : [[name, given]];
    });
    return { ...node, attributes: new Map(attributes) };
  });
}

function canFollow(walk: Walk, nodes: readonly Node[]): boolean {
  walk.left -= nodes.length + 1;
  return walk.left >= 0;
}

/** No tensor has more dimensions than this, and no shape computation more numbers. */
const MAX_LENGTH = 64;

function limited(known: Known): Known {
  const shape = known.shape !== null && known.shape.length > MAX_LENGTH ? null : known.shape;
  const elements = known.elements && known.elements.length > MAX_LENGTH ? null : (known.elements ?? null);
  return { dtype: known.dtype, shape, elements, ...(known.type && { type: known.type }) };
}

/** What the file says of values that the graphs compute, with their free dimensions at `bind`. */
function declaring(graph: Graph, bind: number | undefined): Walk['declare'] {
  if (bind === undefined) return knownOf;
  // Only names of inputs are free; exporters also name what the graph computes, which is no longer open then.
  const free = new Set(graph.inputs.flatMap(({ type }) => knownOf(type).shape ?? []));
  const bound = (dim: Dim) => {
    if (typeof dim === 'number') return dim;
    return dim !== null && free.has(dim) ? bind : null;
  };
  return (type) => {
    const known = knownOf(type);
    return known.shape === null ? known : { ...known, shape: known.shape.map(bound) };
  };
}

function inputOf(type: Type | null, bind: number | undefined): Known {
  const known = knownOf(type);
  if (bind === undefined || known.shape === null) return known;
  return { ...known, shape: known.shape.map((dim) => (typeof dim === 'number' ? dim : bind)) };
}
