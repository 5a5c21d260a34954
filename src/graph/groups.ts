import type { NodeOutline } from '../core/outline';

/** Nodes whose names begin alike. */
export interface Group {
  /** `layer1/0/conv1`: what folding it is called by. */
  path: string;
  /** What it adds to its parent's path. */
  label: string;
  /** Its place in `Grouping.groups`; -1 for the graph itself. */
  parent: number;
  depth: number;
  /** Nodes in it and in the groups in it. */
  nodes: number;
}

/** The tree of groups; parents stand before their children. */
export interface Grouping {
  groups: readonly Group[];
  /** Node index → the innermost group it lies in; -1 for the graph itself. */
  of: Int32Array;
}

/** Names come from strangers: deeper prefixes than this are one label. */
const DEEPEST = 24;

interface Prefix {
  label: string;
  children: Map<string, Prefix>;
  nodes: number[];
  count: number;
}

/**
 * Groups by the parts of names between `/` and `.`, where at least two nodes share one and others do not. A node
 * whose name has no such parts, as exporters add them, lies where both its neighbours lie.
 */
export function groupNodes(nodes: readonly NodeOutline[]): Grouping {
  const root: Prefix = { label: '', children: new Map(), nodes: [], count: 0 };
  const prefixes = nodes.map(({ name }) => prefixOf(name));
  prefixes.forEach((prefix, index) => {
    if (prefix.length > 0) insert(root, prefix, index);
  });
  const groups: Group[] = [];
  const of = new Int32Array(nodes.length).fill(-1);
  const place = (prefix: Prefix, label: string, parent: number) => {
    let at = parent;
    let rest = label;
    const [only] = prefix.children.values();
    const passes = prefix.children.size === 1 && prefix.nodes.length === 0;
    const isShared = prefix.count >= root.count;
    if (prefix.count >= 2 && !isShared && !passes && label !== '') {
      const above = groups[parent];
      at = groups.length;
      groups.push({
        path: above ? `${above.path}/${label}` : label,
        label,
        parent,
        depth: above ? above.depth + 1 : 0,
        nodes: prefix.count,
      });
      rest = '';
    }
    for (const index of prefix.nodes) of[index] = at;
    if (only === undefined) return;
    // A prefix that everything shares says nothing.
    const kept = isShared ? '' : rest;
    for (const child of prefix.children.values()) {
      place(child, kept === '' ? child.label : `${kept}/${child.label}`, at);
    }
  };
  place(root, '', -1);
  settleLoose(prefixes, groups, of);
  return { groups, of };
}

/** The names of the groups around a node, outermost first; the node's own last part is not among them. */
function prefixOf(name: string): string[] {
  const parts: string[] = [];
  let before = '';
  for (const part of name.split('/')) {
    if (part === '') continue;
    // PyTorch repeats the parent: /layer1/layer1.0/conv1.
    const own = before !== '' && part.startsWith(`${before}.`) ? part.slice(before.length + 1) : part;
    parts.push(...own.split('.').filter(Boolean));
    before = part;
  }
  return parts.slice(0, Math.min(parts.length - 1, DEEPEST));
}

function insert(root: Prefix, path: readonly string[], index: number): void {
  let prefix = root;
  prefix.count += 1;
  for (const label of path) {
    let child = prefix.children.get(label);
    if (!child) {
      child = { label, children: new Map(), nodes: [], count: 0 };
      prefix.children.set(label, child);
    }
    prefix = child;
    prefix.count += 1;
  }
  prefix.nodes.push(index);
}

function settleLoose(prefixes: readonly string[][], groups: Group[], of: Int32Array): void {
  const next = new Int32Array(prefixes.length);
  for (let at = prefixes.length - 1, seen = -1; at >= 0; at -= 1) {
    if (prefixes[at]?.length !== 0) seen = of[at] ?? -1;
    next[at] = seen;
  }
  let before = -1;
  prefixes.forEach((prefix, at) => {
    if (prefix.length > 0) before = of[at] ?? -1;
    else {
      of[at] = sharedGroup(groups, before, next[at] ?? -1);
      for (let group = of[at] ?? -1; group >= 0; group = groups[group]?.parent ?? -1) {
        const entry = groups[group];
        if (entry) entry.nodes += 1;
      }
    }
  });
}

/** The innermost group that holds both. */
function sharedGroup(groups: readonly Group[], a: number, b: number): number {
  let [one, other] = [a, b];
  while (one !== other) {
    const [x, y] = [groups[one]?.depth ?? -1, groups[other]?.depth ?? -1];
    if (x >= y) one = groups[one]?.parent ?? -1;
    if (y >= x) other = groups[other]?.parent ?? -1;
  }
  return one;
}

/** The groups around a node, innermost first. */
export function groupsAround({ groups, of }: Grouping, node: number): string[] {
  const paths: string[] = [];
  for (let group = groups[of[node] ?? -1]; group; group = groups[group.parent]) paths.push(group.path);
  return paths;
}

/** More boxes than this are hard to take in at once, and a picture begins with its groups folded. */
const MANY = 300;

/** Groups to fold at first: none in a small graph, else the outermost that leave at most a few hundred boxes. */
export function foldAtFirst({ groups, of }: Grouping): string[] {
  if (of.length <= MANY || groups.length === 0) return [];
  const deepest = Math.max(...groups.map(({ depth }) => depth));
  for (let depth = deepest; depth > 0; depth -= 1) {
    if (shownAt(groups, of, depth) <= MANY) return pathsFrom(groups, depth);
  }
  return pathsFrom(groups, 0);
}

function pathsFrom(groups: readonly Group[], depth: number): string[] {
  return groups.filter((group) => group.depth >= depth).map(({ path }) => path);
}

function shownAt(groups: readonly Group[], of: Int32Array, depth: number): number {
  const loose = of.reduce((sum, group) => sum + ((groups[group]?.depth ?? -1) < depth ? 1 : 0), 0);
  return loose + groups.filter((group) => group.depth === depth).length;
}
