import type { Attribute, Graph, Model, Node, Tensor } from './model';

/** A graph of a model and whose it is: the main graph first, then what nodes hold, then functions' nodes. */
export interface Place {
  graph: Pick<Graph, 'nodes'> & Partial<Graph>;
  kind: 'main' | 'subgraph' | 'function';
  /** Names visible from outside, for a subgraph. */
  outer: Place | null;
}

/** Every graph of a model that is run: the main one, subgraphs in nodes at any depth, function bodies. */
export function* allGraphs(model: Model): Generator<Place> {
  yield* withSubgraphs({ graph: model.graph, kind: 'main', outer: null });
  for (const body of model.functions) {
    yield* withSubgraphs({ graph: { nodes: body.nodes }, kind: 'function', outer: null });
  }
}

function* withSubgraphs(place: Place): Generator<Place> {
  yield place;
  for (const node of place.graph.nodes) {
    for (const graph of subgraphsOf(node)) yield* withSubgraphs({ graph, kind: 'subgraph', outer: place });
  }
}

/** The graphs a node holds in its attributes, as `If` and `Loop` do. */
export function subgraphsOf(node: Node): Graph[] {
  return Array.from(node.attributes.values()).flatMap(graphsOf);
}

function graphsOf(attribute: Attribute): readonly Graph[] {
  if (attribute.kind === 'graph') return [attribute.value];
  return attribute.kind === 'graphs' ? attribute.value : [];
}

/** Every constant of a graph: initializers, the parts of sparse ones, and tensors in attributes. */
export function* tensorsOf(graph: Graph): Generator<Tensor> {
  yield* graph.initializers;
  for (const { values, indices } of graph.sparse) yield* [values, indices];
  for (const node of graph.nodes) {
    for (const attribute of node.attributes.values()) {
      if (attribute.kind === 'tensor') yield attribute.value;
      if (attribute.kind === 'tensors') yield* attribute.value;
      for (const inner of graphsOf(attribute)) yield* tensorsOf(inner);
    }
  }
}

/** Value name → the node that makes it. */
export function producersOf(nodes: readonly Node[]): ReadonlyMap<string, Node> {
  return new Map(
    nodes.flatMap((node) => node.outputs.filter(Boolean).map((name): [string, Node] => [name, node])),
  );
}

/** Value name → the nodes that take it, subgraphs' uses counting as uses of the node that holds them. */
export function consumersOf(nodes: readonly Node[]): ReadonlyMap<string, Node[]> {
  const consumers = new Map<string, Node[]>();
  for (const node of nodes) {
    for (const name of usesOf(node)) {
      const list = consumers.get(name);
      if (list === undefined) consumers.set(name, [node]);
      else list.push(node);
    }
  }
  return consumers;
}

/** Names a node takes: its inputs, and what its subgraphs take from outside. */
export function usesOf(node: Node): ReadonlySet<string> {
  const uses = new Set(node.inputs.filter(Boolean));
  for (const graph of subgraphsOf(node)) {
    const inside = new Set([
      ...graph.inputs.map(({ name }) => name),
      ...graph.initializers.map(({ name }) => name),
      ...graph.nodes.flatMap(({ outputs }) => outputs),
    ]);
    const taken = [
      ...graph.nodes.flatMap((inner) => [...usesOf(inner)]),
      ...graph.outputs.map(({ name }) => name),
    ];
    for (const name of taken) if (!inside.has(name)) uses.add(name);
  }
  return uses;
}

/**
 * Nodes in an order in which every value is made before it is taken, the file's order where that is one already;
 * nodes on a cycle come last, in the file's order.
 */
export function inOrder(nodes: readonly Node[]): readonly Node[] {
  const producers = producersOf(nodes);
  const waiting = new Map<Node, number>();
  const followers = new Map<Node, Node[]>();
  for (const node of nodes) {
    const before = new Set([...usesOf(node)].flatMap((name) => producers.get(name) ?? []));
    waiting.set(node, before.size);
    for (const producer of before) {
      const list = followers.get(producer);
      if (list === undefined) followers.set(producer, [node]);
      else list.push(node);
    }
  }
  const ordered: Node[] = [];
  const ready = nodes.filter((node) => waiting.get(node) === 0);
  for (const node of ready) {
    ordered.push(node);
    for (const follower of followers.get(node) ?? []) {
      const left = (waiting.get(follower) ?? 0) - 1;
      waiting.set(follower, left);
      if (left === 0) ready.push(follower);
    }
  }
  if (isOrdered(nodes, producers)) return nodes;
  const done = new Set(ordered);
  return [...ordered, ...nodes.filter((node) => !done.has(node))];
}

function isOrdered(nodes: readonly Node[], producers: ReadonlyMap<string, Node>): boolean {
  const made = new Set<Node>();
  for (const node of nodes) {
    for (const name of usesOf(node)) {
      const producer = producers.get(name);
      if (producer !== undefined && !made.has(producer)) return false;
    }
    made.add(node);
  }
  return true;
}

/** An attribute with the graphs it holds changed. */
export function mapGraphs(attribute: Attribute, change: (graph: Graph) => Graph): Attribute {
  if (attribute.kind === 'graph') return { ...attribute, value: change(attribute.value) };
  if (attribute.kind === 'graphs') return { ...attribute, value: attribute.value.map(change) };
  return attribute;
}
