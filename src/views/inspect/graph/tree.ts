import type { NodeOutline } from '../../../core/outline';
import type { Grouping } from '../../../graph/groups';

/** One line of the outline. */
export interface Branch {
  /** `n12` or `g/layer1`, as boxes are called. */
  id: string;
  kind: 'node' | 'group';
  node: number;
  path: string;
  level: number;
  /** Its place among its siblings, from 1, and how many they are. */
  place: number;
  siblings: number;
  isOpen: boolean;
}

/** The lines of the outline: nodes in the order of the file, each group where its first node stands. */
export function listBranches(
  nodes: readonly NodeOutline[],
  { groups, of }: Grouping,
  folded: ReadonlySet<string>,
): Branch[] {
  const children: number[][] = [...groups, null].map(() => []);
  const root = groups.length;
  const seen = new Uint8Array(groups.length);
  // Groups are counted after the nodes.
  nodes.forEach((_, index) => {
    let child = index;
    for (let group = of[index] ?? -1; ; group = groups[group]?.parent ?? -1) {
      children[group < 0 ? root : group]?.push(child);
      if (group < 0 || seen[group]) break;
      seen[group] = 1;
      child = nodes.length + group;
    }
  });
  const branches: Branch[] = [];
  const walk = (members: readonly number[], level: number) => {
    members.forEach((member, i) => {
      const group = groups[member - nodes.length];
      const isOpen = group !== undefined && !folded.has(group.path);
      branches.push({
        ...{
          id: group ? `g/${group.path}` : `n${member}`,
          kind: group ? 'group' : 'node',
          node: group ? -1 : member,
        },
        ...{ path: group?.path ?? '', level, place: i + 1, siblings: members.length, isOpen },
      });
      if (group && isOpen) walk(children[member - nodes.length] ?? [], level + 1);
    });
  };
  walk(children[root] ?? [], 1);
  return branches;
}
