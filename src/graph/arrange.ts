import type { GraphOutline, NodeOutline } from '../core/outline';
import { formatShape } from '../core/shape';
import { at } from './adjacency';
import { describeEnds, describeGroup, type Sized } from './boxes';
import { groupNodes, type Grouping } from './groups';
import { layOut, type Layout, type Unit } from './layout';
import { splitLevels, type Level, type Levels, type Member } from './levels';
import type { Box, Frame, Links, Picture } from './picture';
import { measure, shorten, TITLE_SIZE } from './text';
import { wire, type Wiring } from './wiring';

/** Inside a frame: above its members, where its title is, beside and below them. */
const FRAME = { head: 40, side: 14, foot: 18 };
/** Around the whole picture. */
const MARGIN = 24;
const TITLE_LETTERS = 40;

/**
 * The picture of a graph with the groups in `folded` (paths of `groupNodes`) as single boxes; `nodes[i].index` is `i`.
 * An open group is laid out by itself and stands in its surroundings as one box, so its frame holds its members
 * and nothing else; values enter and leave it through its upper and lower side.
 */
export function arrange(outline: GraphOutline, folded: readonly string[]): Picture {
  const grouping = groupNodes(outline.nodes);
  const wiring = wire(outline);
  const levels = splitLevels(wiring, grouping, new Set(folded));
  const sized = describeUnits(outline, grouping, wiring, levels);
  const placed = placeLevels(levels, sized, grouping, wiring.ends.length);
  return compose(outline, grouping, wiring, levels, sized, placed);
}

/** A level with its places; `inset` is what its frame adds on the left. */
interface Placed {
  level: Level;
  layout: Layout;
  width: number;
  inset: number;
  /** From the frame's left side to the line that runs through it. */
  anchor: number;
  /** x of each port from the frame's left side, by member. */
  ports: Map<string, number>;
}

/** The boxes of all units that are shown: ends, and, counted from the number of ends, folded groups. */
function describeUnits(
  outline: GraphOutline,
  { groups, of }: Grouping,
  wiring: Wiring,
  { unitOf }: Levels,
): Map<number, Sized> {
  const count = wiring.ends.length;
  const ends = describeEnds(outline, wiring, (node) => groups[at(of, node)]?.path ?? '');
  const members = new Map<number, NodeOutline[]>();
  const sized = new Map<number, Sized>();
  unitOf.forEach((unit, end) => {
    const box = ends[end];
    const node = outline.nodes[end];
    if (unit === end && box) sized.set(unit, box);
    else if (node) {
      const list = members.get(unit);
      if (list) list.push(node);
      else members.set(unit, [node]);
    }
  });
  for (const [unit, nodes] of members) {
    const group = groups[unit - count];
    if (group) sized.set(unit, describeGroup(group, nodes));
  }
  return sized;
}

/** Lays out the innermost levels first: a level's size is needed where it stands. */
function placeLevels(
  { levels }: Levels,
  sized: ReadonlyMap<number, Sized>,
  { groups }: Grouping,
  count: number,
): Map<number, Placed> {
  const placed = new Map<number, Placed>();
  const depth = ({ group }: Level) => groups[group]?.depth ?? -1;
  for (const level of [...levels.values()].sort((a, b) => depth(b) - depth(a))) {
    const { group, members, edges } = level;
    const units = members.map((member) => unitFor(member));
    const layout = layOut({
      units,
      edges: edges.map(({ from, to, value }) => ({
        ...{ from, to, trunk: value },
        leave: portOffset(members[from], 'out', value),
        enter: portOffset(members[to], 'in', value),
      })),
      head: group < 0 ? 0 : FRAME.head,
      foot: group < 0 ? 0 : FRAME.foot,
    });
    const title = group < 0 ? 0 : measure(titleOf(groups[group]?.label ?? ''), TITLE_SIZE) + 60;
    const width = Math.max(layout.width, title) + (group < 0 ? 0 : 2 * FRAME.side);
    const inset = (width - layout.width) / 2;
    const ports = new Map<string, number>();
    members.forEach((member, i) => {
      if ('value' in member) ports.set(`${member.kind} ${member.value}`, inset + at(layout.x, i));
    });
    const [anchor = width / 2] = ports.values();
    placed.set(group, { level, layout, width, inset, anchor, ports });
  }
  return placed;

  function unitFor(member: Member): Unit {
    if ('value' in member) {
      return { left: 0, right: 0, height: 0, pin: member.kind === 'in' ? -1 : 1 };
    }
    if (member.kind === 'group' && member.isOpen) {
      const inner = placed.get(member.group);
      const { anchor = 0, width = 0, layout } = inner ?? {};
      return { left: anchor, right: width - anchor, height: layout?.height ?? 0, pin: 0 };
    }
    const box = sized.get('end' in member ? member.end : count + member.group);
    const half = (box?.width ?? 0) / 2;
    return { left: half, right: half, height: box?.height ?? 0, pin: 0 };
  }

  function portOffset(member: Member | undefined, side: 'in' | 'out', value: string): number | null {
    if (member === undefined || member.kind === 'end') return null;
    if (member.kind !== 'group') return 0;
    const inner = placed.get(member.group);
    return inner ? (inner.ports.get(`${side} ${value}`) ?? inner.anchor) - inner.anchor : null;
  }
}

function titleOf(label: string): string {
  return shorten(label, TITLE_LETTERS);
}

/** Everything in the picture's own coordinates. */
function compose(
  outline: GraphOutline,
  { groups }: Grouping,
  { ends, takers, inlined }: Wiring,
  { links, unitOf }: Levels,
  sized: ReadonlyMap<number, Sized>,
  placed: ReadonlyMap<number, Placed>,
): Picture {
  const count = ends.length;
  const places = new Map<number, { x: number; y: number }>();
  const corners = new Map<number, { x: number; y: number }>();
  const frames: Frame[] = [];
  put(-1, MARGIN, MARGIN);

  const firstOf = new Int32Array(groups.length).fill(outline.nodes.length);
  unitOf.forEach((unit, end) => {
    if (unit >= count) firstOf[unit - count] = Math.min(at(firstOf, unit - count), end);
  });
  const units = [...places.keys()].sort((a, b) => orderOf(a) - orderOf(b) || a - b);
  const boxes = units.flatMap((unit): Box[] => {
    const [box, place] = [sized.get(unit), places.get(unit)];
    return box && place ? [{ ...box, ...place }] : [];
  });
  const boxOfUnit = new Map(units.map((unit, i) => [unit, i]));
  const boxOf = Int32Array.from(outline.nodes, (node, i) => {
    const shown = inlined.has(i) ? (takers.get(node.outputs[0] ?? '')?.[0] ?? i) : i;
    return boxOfUnit.get(at(unitOf, shown)) ?? -1;
  });
  const whole = placed.get(-1);
  return {
    width: (whole?.width ?? 0) + 2 * MARGIN,
    height: (whole?.layout.height ?? 0) + 2 * MARGIN,
    ...{ boxes, frames, boxOf, links: composeLinks() },
  };

  function put(group: number, x: number, y: number): void {
    const level = placed.get(group);
    if (!level) return;
    const { inset, layout } = level;
    corners.set(group, { x: x + inset, y });
    level.level.members.forEach((member, i) => {
      const place = { x: x + inset + at(layout.x, i), y: y + at(layout.y, i) };
      if (member.kind === 'end') places.set(member.end, place);
      else if (member.kind === 'group' && !member.isOpen) places.set(count + member.group, place);
      else if (member.kind === 'group') putFrame(member.group, place.x, place.y);
    });
  }

  function putFrame(group: number, x: number, y: number): void {
    const [entry, inner] = [groups[group], placed.get(group)];
    if (!entry || !inner) return;
    const { path, label, nodes, depth } = entry;
    const title = titleOf(label);
    frames.push({
      id: `g/${path}`,
      group: path,
      title,
      nodes,
      depth,
      x,
      y,
      width: inner.width,
      height: inner.layout.height,
    });
    put(group, x, y);
  }

  /** Inputs first, nodes and groups where their first node stands in the file, outputs last. */
  function orderOf(unit: number): number {
    const nodes = outline.nodes.length;
    if (unit < nodes) return unit;
    if (unit < count) return ends[unit]?.kind === 'output' ? nodes : -1;
    return at(firstOf, unit - count);
  }

  function composeLinks(): Links {
    const points: number[] = [];
    const starts = new Uint32Array(links.length + 1);
    links.forEach(({ pieces }, i) => {
      for (const { group, edge } of pieces) {
        const corner = corners.get(group) ?? { x: 0, y: 0 };
        const line = placed.get(group)?.layout.points[edge] ?? [];
        for (let k = 0; k < line.length; k += 2) {
          const [x, y] = [corner.x + at(line, k), corner.y + at(line, k + 1)];
          const isFirst = points.length === 2 * at(starts, i);
          if (isFirst || x !== points.at(-2) || y !== points.at(-1)) points.push(x, y);
        }
      }
      starts[i + 1] = points.length / 2;
    });
    return {
      from: Int32Array.from(links, ({ from }) => boxOfUnit.get(from) ?? 0),
      to: Int32Array.from(links, ({ to }) => boxOfUnit.get(to) ?? 0),
      names: links.map(({ value }) => value),
      types: links.map(({ value }) => typeOf(value)),
      ...{ starts, points: Float32Array.from(points) },
    };
  }

  function typeOf(value: string): string {
    const known = outline.values[value] ?? outline.inputs.find(({ name }) => name === value);
    return known?.shape ? formatShape(known.shape) : '';
  }
}
