import type { Dim } from '../core/shape';
import { commonOf, completed, knownOf } from '../ir/known';
import type { Attribute, FunctionBody, Graph, Model, Node, Type } from '../ir/model';
import { unknown, type Known, type Site } from '../ir/op';
import { operatorOf } from '../ir/operators';
import { functionPath, subgraphPath } from '../ir/places';
import { siteOf } from '../ir/site';
import { smallNumbers } from '../ir/small-numbers';
import { inOrder } from '../ir/walk';
import { withAttributesOf } from './call';
import { costOf, sumOf } from './cost';

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
  return infer(model, bind).graphs;
}

/**
 * Multiply-accumulates of one run with every free dimension at 1, by node of the main graph and of the graphs in it.
 * `null` for a node whose operator, shapes or number of rounds are unknown here; operators without products count 0.
 */
export function inferMacs(model: Model): ReadonlyMap<Node, number | null> {
  return infer(model, 1).macs;
}

interface Inference {
  graphs: ReadonlyMap<string, Shapes>;
  macs: ReadonlyMap<Node, number | null>;
}

/** Models are never changed in place, so what was found of one holds as long as there is the model. */
const inferences = new WeakMap<Model, Map<number | undefined, Inference>>();

function infer(model: Model, bind: number | undefined): Inference {
  const known = inferences.get(model) ?? new Map<number | undefined, Inference>();
  inferences.set(model, known);
  const found = known.get(bind) ?? inferAnew(model, bind);
  known.set(bind, found);
  return found;
}

function inferAnew(model: Model, bind: number | undefined): Inference {
  const main: Scope = {
    walk: {
      opsets: model.opsets,
      functions: new Map(model.functions.map((body) => [functionPath(body), body])),
      declare: declaring(model.graph, bind),
      left: MAX_INNER_NODES,
    },
    macs: new Map(),
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
  const { macs, walk } = main;
  return { graphs: walk.left < 0 ? new Map([['', main.known]]) : main.found, macs };
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
  /** Multiply-accumulates by node, those of graphs and functions inside too. */
  macs: Map<Node, number | null>;
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
      const { outputs, macs } = inferBody(called, inputs, node.attributes, scope);
      scope.macs.set(node, macs);
      return outputs;
    }
    scope.macs.set(node, null);
    if (operator === undefined) return [];
    const visible = { get: (name: string) => lookUp(scope, name) };
    const body: Site['body'] = (name, inputs) => inferHeld(node, place, name, inputs, scope);
    const site = siteOf(node, visible, scope.opsets.get(node.domain) ?? 1, body);
    const outputs = operator.infer(site).map(limited);
    scope.macs.set(node, costOf(operator, site, outputs, scope.macs));
    return outputs;
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
): { outputs: Known[]; macs: number | null } {
  const { walk } = scope;
  if (scope.calls >= MAX_CALLS || !canFollow(walk, body.nodes)) return { outputs: [], macs: null };
  const opsets = new Map([...walk.opsets, ...body.opsets]);
  const own = {
    path: functionPath(body),
    known: new Map<string, Known>(),
    found: new Map<string, Map<string, Known>>(),
    macs: new Map<Node, number | null>(),
  };
  const inside: Scope = { walk, opsets, outer: null, calls: scope.calls + 1, ...own };
  for (const [at, name] of body.inputs.entries()) own.known.set(name, inputs[at] ?? unknown);
  const declared = new Map(body.values.map(({ name, type }) => [name, walk.declare(type)]));
  const nodes = withAttributesOf(body.nodes, new Map([...body.defaults, ...attributes]));
  inferNodes(nodes, declared, inside);
  own.found.set(own.path, own.known);
  for (const [path, shapes] of own.found) addCall(scope.found, path, shapes);
  for (const [node, macs] of own.macs) {
    const before = scope.macs.get(node);
    scope.macs.set(node, before === undefined || before === macs ? macs : null);
  }
  const outputs = body.outputs.map((name) => own.known.get(name) ?? unknown);
  return { outputs, macs: sumOf(nodes, own.macs) };
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
