import type { SyntaxNode } from '@lezer/common';

export type { SyntaxNode };

/** The nodes and tokens directly below a node, without comments and what the grammar made up. */
export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Comment' && !child.type.isError) found.push(child);
  }
  return found;
}

/** Nodes between commas; the last comma may stand without a group behind it. */
export function betweenCommas(nodes: readonly SyntaxNode[]): SyntaxNode[][] {
  return splitAt(nodes, ',').filter((group) => group.length > 0);
}

/** Nodes between tokens of a name; groups may be empty. */
export function splitAt(nodes: readonly SyntaxNode[], name: string): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === name) groups.push([]);
    else groups.at(-1)?.push(node);
  }
  return groups;
}
