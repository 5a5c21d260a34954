import type { Attribute, FunctionBody, Graph, Model, Node } from './model';

/** A graph of a model with where it lies: `GraphOutline.path` of the screens. */
export type Located =
  | { path: string; kind: 'main' | 'subgraph'; graph: Graph; title: string }
  | { path: string; kind: 'function'; body: FunctionBody; title: string };

/**
 * Every graph of a model with its path: `''` for the main one, `7/then_branch` for what node 7 of it holds, to any
 * depth, and `domain::name` for a function's body.
 */
export function* locateGraphs(model: Model): Generator<Located> {
  yield { path: '', kind: 'main', graph: model.graph, title: model.graph.name || 'main graph' };
  yield* within(model.graph.nodes, '');
  for (const body of model.functions) {
    const path = functionPath(body);
    yield { path, kind: 'function', body, title: body.name };
    yield* within(body.nodes, path);
  }
}

/** The path of a model-local function's body. */
export function functionPath({
  domain,
  name,
  overload,
}: Pick<FunctionBody, 'domain' | 'name' | 'overload'>): string {
  return `${domain}::${name}${overload ? `:${overload}` : ''}`;
}

/** The path of a graph in an attribute of a node. */
export function subgraphPath(path: string, node: number, attribute: string): string {
  return [path, node, attribute].filter((part) => part !== '').join('/');
}

/** The graphs that an attribute holds, each with the last part of its path. */
export function heldGraphs(name: string, attribute: Attribute): { part: string; graph: Graph }[] {
  if (attribute.kind === 'graph') return [{ part: name, graph: attribute.value }];
  if (attribute.kind !== 'graphs') return [];
  return attribute.value.map((graph, at) => ({ part: `${name}:${at}`, graph }));
}

function* within(nodes: readonly Node[], path: string): Generator<Located> {
  for (const [index, node] of nodes.entries()) {
    for (const [name, attribute] of node.attributes) {
      for (const { part, graph } of heldGraphs(name, attribute)) {
        const inner = subgraphPath(path, index, part);
        yield { path: inner, kind: 'subgraph', graph, title: `${name} of ${node.name || node.op}` };
        yield* within(graph.nodes, inner);
      }
    }
  }
}
