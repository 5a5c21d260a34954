import type { Grouping } from './groups';
import type { Wiring } from './wiring';

/** The inside of one open group, or of the whole graph: what stands in it and what runs through it. */
export interface Level {
  /** -1 for the graph. */
  group: number;
  members: Member[];
  edges: LevelEdge[];
}

export type Member =
  | { kind: 'end'; end: number }
  | { kind: 'group'; group: number; isOpen: boolean }
  /** Where a value enters or leaves the level. */
  | { kind: 'in' | 'out'; value: string };

interface LevelEdge {
  /** Members, by their place. */
  from: number;
  to: number;
  value: string;
}

/** A value's way from one unit to another: edges of levels, in the order one goes along them. */
interface Link {
  value: string;
  from: number;
  to: number;
  pieces: { group: number; edge: number }[];
}

export interface Levels {
  /** By group. */
  levels: ReadonlyMap<number, Level>;
  links: readonly Link[];
  /** End → what shows it: the end itself, or, counted from the number of ends, a folded group. */
  unitOf: Int32Array;
}

/** Cuts a graph into levels at its open groups, so that each can be laid out by itself. */
export function splitLevels(
  { ends, wires, inlined }: Wiring,
  grouping: Grouping,
  folded: ReadonlySet<string>,
): Levels {
  const { groups, of } = grouping;
  const count = ends.length;
  const unitOf = findUnits(count, grouping, folded);
  const levels = new Map<number, Level & { places: Map<string, number>; known: Map<string, number> }>();
  const links = new Map<string, Link>();

  for (let end = 0; end < count; end += 1) {
    if (inlined.has(end)) continue;
    const unit = unitOf[end] ?? end;
    if (unit === end) place(levelOf(end), { kind: 'end', end });
    else place(levelOf(unit), { kind: 'group', group: unit - count, isOpen: false });
  }
  for (const { value, from, to } of wires) {
    const [a, b] = [unitOf[from] ?? from, unitOf[to] ?? to];
    const key = `${a} ${b} ${value}`;
    if (a !== b && !links.has(key)) links.set(key, { value, from: a, to: b, pieces: connect(a, b, value) });
  }
  return { levels, links: [...links.values()], unitOf };

  function levelOf(unit: number): number {
    return unit >= count ? (groups[unit - count]?.parent ?? -1) : (of[unit] ?? -1);
  }

  function open(group: number) {
    let level = levels.get(group);
    if (!level) {
      level = { group, members: [], edges: [], places: new Map(), known: new Map() };
      levels.set(group, level);
      if (group >= 0) place(groups[group]?.parent ?? -1, { kind: 'group', group, isOpen: true });
    }
    return level;
  }

  function place(group: number, member: Member): number {
    const level = open(group);
    const key = `${member.kind} ${'end' in member ? member.end : 'group' in member ? member.group : member.value}`;
    let found = level.places.get(key);
    if (found === undefined) {
      found = level.members.push(member) - 1;
      level.places.set(key, found);
    }
    return found;
  }

  function memberOf(unit: number): Member {
    if (unit < count) return { kind: 'end', end: unit };
    return { kind: 'group', group: unit - count, isOpen: levels.has(unit - count) };
  }

  function join(group: number, from: Member, to: Member, value: string): { group: number; edge: number } {
    const level = open(group);
    const [a, b] = [place(group, from), place(group, to)];
    const key = `${a} ${b} ${value}`;
    let edge = level.known.get(key);
    if (edge === undefined) {
      edge = level.edges.push({ from: a, to: b, value }) - 1;
      level.known.set(key, edge);
    }
    return { group, edge };
  }

  /** Out of the groups around one end, across, and into the groups around the other. */
  function connect(a: number, b: number, value: string): Link['pieces'] {
    const upward: Link['pieces'] = [];
    const downward: Link['pieces'] = [];
    let [source, target] = [a, b];
    let [above, below] = [levelOf(a), levelOf(b)];
    while (above !== below) {
      const [x, y] = [groups[above]?.depth ?? -1, groups[below]?.depth ?? -1];
      if (x >= y) {
        upward.push(join(above, memberOf(source), { kind: 'out', value }, value));
        source = count + above;
        above = levelOf(source);
      } else {
        downward.unshift(join(below, { kind: 'in', value }, memberOf(target), value));
        target = count + below;
        below = levelOf(target);
      }
    }
    return [...upward, join(above, memberOf(source), memberOf(target), value), ...downward];
  }
}

/** The outermost folded group around each end, or the end itself. */
function findUnits(count: number, { groups, of }: Grouping, folded: ReadonlySet<string>): Int32Array {
  const shut = new Int32Array(groups.length);
  groups.forEach(({ path, parent }, group) => {
    const outer = shut[parent] ?? -1;
    shut[group] = outer >= 0 ? outer : folded.has(path) ? group : -1;
  });
  return Int32Array.from({ length: count }, (_, end) => {
    const outermost = shut[of[end] ?? -1] ?? -1;
    return outermost >= 0 ? count + outermost : end;
  });
}
