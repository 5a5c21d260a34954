import type { Graph, Node } from '../ir/model';
import { operatorName } from '../ir/operators';
import { printAttribute } from '../ir/print';
import { inOrder } from '../ir/walk';

/**
 * The nodes of two graphs that are the same one: by name and operator, then by what they compute from the inputs on,
 * then by what is computed of them up to the outputs, then by operator among matched neighbours.
 */
export function matchNodes(a: Graph, b: Graph): Map<Node, Node> {
  const pairs = new Map<Node, Node>();
  const taken = new Set<Node>();
  const matchBy = (keyA: (node: Node) => string | null, keyB: (node: Node) => string | null) => {
    const waiting = new Map<string, Node[]>();
    for (const node of inOrder(b.nodes)) {
      const key = taken.has(node) ? null : keyB(node);
      if (key === null) continue;
      const list = waiting.get(key);
      if (list) list.push(node);
      else waiting.set(key, [node]);
    }
    for (const node of inOrder(a.nodes)) {
      const key = pairs.has(node) ? null : keyA(node);
      const other = key === null ? undefined : waiting.get(key)?.shift();
      if (!other) continue;
      pairs.set(node, other);
      taken.add(other);
    }
  };
  const byName = (node: Node) => (node.name === '' ? null : `${node.name} ${operatorName(node)}`);
  const byOutput = (node: Node) => `${node.outputs[0] ?? ''} ${operatorName(node)}`;
  matchBy(byName, byName);
  matchBy(byOutput, byOutput);
  const [upA, upB] = [upstream(a), upstream(b)];
  matchBy(
    (node) => upA.get(node) ?? null,
    (node) => upB.get(node) ?? null,
  );
  const [downA, downB] = [downstream(a), downstream(b)];
  matchBy(
    (node) => downA.get(node) ?? null,
    (node) => downB.get(node) ?? null,
  );
  const [nearA, nearB] = [
    neighbours(a, pairs),
    neighbours(b, new Map([...taken].map((node) => [node, node]))),
  ];
  matchBy(
    (node) => nearA(node),
    (node) => nearB(node),
  );
  return pairs;
}

/** What a node computes from the graph's inputs on, as a hash that names nothing but operators and attributes. */
function upstream(graph: Graph): Map<Node, string> {
  const made = new Map<string, string>();
  const constant = new Map(graph.initializers.map(({ name, dims }) => [name, `[${dims.join()}]`]));
  graph.inputs.forEach(({ name }, at) => made.set(name, constant.get(name) ?? `input ${at}`));
  const hashes = new Map<Node, string>();
  for (const node of inOrder(graph.nodes)) {
    const inputs = node.inputs.map((name) => made.get(name) ?? constant.get(name) ?? '?');
    const hash = digest([ownKey(node), ...inputs]);
    hashes.set(node, hash);
    node.outputs.forEach((name, at) => made.set(name, `${hash}.${at}`));
  }
  return hashes;
}

/** What is computed of a node's results up to the graph's outputs. */
function downstream(graph: Graph): Map<Node, string> {
  const uses = new Map<string, string[]>();
  const use = (name: string, by: string) => uses.set(name, [...(uses.get(name) ?? []), by]);
  graph.outputs.forEach(({ name }, at) => use(name, `output ${at}`));
  const hashes = new Map<Node, string>();
  for (const node of [...inOrder(graph.nodes)].reverse()) {
    const after = node.outputs.map((name) => (uses.get(name) ?? []).sort().join());
    const hash = digest([ownKey(node), ...after]);
    hashes.set(node, hash);
    node.inputs.forEach((name, at) => use(name, `${hash}.${at}`));
  }
  return hashes;
}

/** A node's operator with the matched nodes it takes from; `null` where it takes from none. */
function neighbours(graph: Graph, matched: ReadonlyMap<Node, Node>): (node: Node) => string | null {
  const names = new Map<string, string>();
  for (const node of graph.nodes) {
    const other = matched.get(node);
    if (other) node.outputs.forEach((name, at) => names.set(name, other.outputs[at] ?? ''));
  }
  return (node) => {
    const from = node.inputs.flatMap((name) => names.get(name) ?? []);
    return from.length > 0 ? `${operatorName(node)} ${from.join()}` : null;
  };
}

function ownKey(node: Node): string {
  const attributes = Array.from(
    node.attributes,
    ([name, value]) => `${name}=${printAttribute(value)}`,
  ).sort();
  return [operatorName(node), ...attributes].join(' ');
}

/** FNV-1a, 53 bits of it: the hash of a chain of thousands of nodes stays short. */
function digest(parts: readonly string[]): string {
  let [high, low] = [0x811c9dc5, 0xcbf29ce4];
  for (const part of parts) {
    for (let at = 0; at <= part.length; at += 1) {
      const code = at === part.length ? 0xffff : part.charCodeAt(at);
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low ^ (code + high), 0x01000193);
    }
  }
  return `${(high >>> 0).toString(36)}${(low >>> 0).toString(36)}`;
}
