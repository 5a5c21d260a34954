import { add, at } from './adjacency';
import { findLanes } from './lanes';
import { orderLayers, type Layers } from './order';
import { rankUnits, type Ranking } from './rank';
import { placeCells } from './straighten';

/** Boxes and the edges between them, before anything has a place. */
export interface LayoutInput {
  units: readonly Unit[];
  edges: readonly Edge[];
  /** Room kept above the first and below the last layer of boxes, inside the pinned ones. */
  head: number;
  foot: number;
}

export interface Unit {
  /** How far it reaches from its anchor, the line its edges would best hang on. */
  left: number;
  right: number;
  height: number;
  /** -1 keeps it at the very top, 1 at the very bottom: where edges enter and leave a group. */
  pin: -1 | 0 | 1;
}

export interface Edge {
  from: number;
  to: number;
  /** Edges of one trunk leave their unit together and run side by side as one. */
  trunk: string;
  /** Where it leaves and enters, from the unit's anchor; `null` where the layout may choose. */
  leave: number | null;
  enter: number | null;
}

export interface Layout {
  width: number;
  height: number;
  /** Left and top side of each unit. */
  x: Float64Array;
  y: Float64Array;
  rank: Int32Array;
  /** x, y, x, y … of each edge from its unit's bottom to the other's top. */
  points: number[][];
}

const GAP = { units: 26, bends: 12, layers: 34 };
/** A layer's gap grows by its longest slope, at most so much. */
const SLOPE = { share: 1 / 14, most: 70 };
/** Room for the arrows of several edges at one side of a box. */
const SPREAD = 16;
/** Edges over more layers than this run beside the picture and not through it. */
const LONG = 32;
/** Bends at most, for each unit, so that a graph full of long edges stays cheap. */
const BENDS = 6;

/** Places of boxes in layers and ways of edges; the same input gives the same picture. O(E log V) for bounded spans. */
export function layOut(input: LayoutInput): Layout {
  const { units, edges } = input;
  const ranking = rankUnits(
    units.length,
    edges.map(({ from }) => from),
    edges.map(({ to }) => to),
    units.map(({ pin }) => pin),
  );
  const { rank, reversed } = ranking;
  const longest = longestSpan(units.length, edges, ranking);
  const isLane = (edge: number) =>
    reversed[edge] === 1 || at(rank, edges[edge]?.to ?? 0) - at(rank, edges[edge]?.from ?? 0) > longest;
  const { graph, ways } = addBends(edges, ranking, isLane);

  const left = new Float64Array(graph.cells);
  const right = new Float64Array(graph.cells);
  units.forEach((unit, i) => {
    left[i] = unit.left;
    right[i] = unit.right;
  });
  const isBend = (cell: number) => cell >= units.length || units[cell]?.pin !== 0;
  const gap = (a: number, b: number) => (isBend(a) || isBend(b) ? GAP.bends : GAP.units);
  const layers = orderLayers(graph);
  const x = placeCells(graph, layers, { left, right, gap, isBend: (cell) => cell >= units.length });

  const ends = attach(units, edges, ways, x, isLane);
  const lanes = findLanes({ edges, isLane, reversed, rank, layers, x, left, right });
  const rows = placeRows(input, graph, x);
  const y = Float64Array.from(units, (unit, i) => {
    const row = at(rank, i);
    return (at(rows.top, row) + at(rows.bottom, row) - unit.height) / 2;
  });

  const points = edges.map((edge, i) => {
    const [fromRow, toRow] = [at(rank, edge.from), at(rank, edge.to)];
    const [leave, enter] = [at(x, edge.from) + at(ends.leave, i), at(x, edge.to) + at(ends.enter, i)];
    const line = [leave, at(y, edge.from) + (units[edge.from]?.height ?? 0), leave, at(rows.bottom, fromRow)];
    const lane = lanes.get(i);
    if (lane !== undefined && reversed[i]) {
      const [down, up] = [at(rows.bottom, fromRow) + GAP.bends, at(rows.top, toRow) - GAP.bends];
      line.push(leave, down, lane, down, lane, up, enter, up);
    } else if (lane !== undefined) {
      line.push(lane, at(rows.top, fromRow + 1), lane, at(rows.bottom, toRow - 1));
    } else {
      for (const bend of ways[i] ?? []) {
        const row = at(graph.rank, bend);
        line.push(at(x, bend), at(rows.top, row), at(x, bend), at(rows.bottom, row));
      }
    }
    line.push(enter, at(rows.top, toRow), enter, at(y, edge.to));
    return line;
  });
  return settle({ x, y, rank, points }, units, rows.height);
}

/** How many layers an edge may cross with bends, so that there are not too many of them. */
function longestSpan(units: number, edges: readonly Edge[], { rank, reversed }: Ranking): number {
  const spans = new Map<string, number>();
  edges.forEach(({ from, to, trunk }, i) => {
    if (reversed[i]) return;
    const key = `${from} ${trunk}`;
    const span = at(rank, to) - at(rank, from);
    if (span <= LONG) spans.set(key, Math.max(spans.get(key) ?? 0, span));
  });
  const counts = new Int32Array(LONG + 1);
  for (const span of spans.values()) add(counts, span, span - 1);
  let [bends, longest] = [0, 1];
  while (longest < LONG && bends + at(counts, longest + 1) <= BENDS * units + 200) {
    longest += 1;
    bends += at(counts, longest);
  }
  return longest;
}

/** Units and bends as one layered graph, and the bends on each edge's way. */
function addBends(
  edges: readonly Edge[],
  { rank, ranks }: Ranking,
  isLane: (edge: number) => boolean,
): { graph: Layers; ways: number[][] } {
  const ranked = Array.from(rank);
  const upper: number[] = [];
  const lower: number[] = [];
  const trunks = new Map<string, number[]>();
  const ways = edges.map(({ from, to, trunk }, i) => {
    if (isLane(i)) return [];
    const key = `${from} ${trunk}`;
    const shared = trunks.get(key) ?? [];
    trunks.set(key, shared);
    const needed = at(rank, to) - at(rank, from) - 1;
    while (shared.length < needed) {
      const bend = ranked.length;
      ranked.push(at(rank, from) + shared.length + 1);
      upper.push(shared.at(-1) ?? from);
      lower.push(bend);
      shared.push(bend);
    }
    upper.push(needed > 0 ? at(shared, needed - 1) : from);
    lower.push(to);
    return shared.slice(0, needed);
  });
  const graph = {
    cells: ranked.length,
    rank: Int32Array.from(ranked),
    ranks,
    upper: Int32Array.from(upper),
    lower: Int32Array.from(lower),
  };
  return { graph, ways };
}

/** Where edges leave and enter, from the anchors: side by side, in the order of where they come from and go. */
function attach(
  units: readonly Unit[],
  edges: readonly Edge[],
  ways: readonly number[][],
  x: Float64Array,
  isLane: (edge: number) => boolean,
): { leave: Float64Array; enter: Float64Array } {
  const leave = Float64Array.from(edges, (edge) => edge.leave ?? 0);
  const enter = Float64Array.from(edges, (edge) => edge.enter ?? 0);
  const leaving: Map<string, number[]>[] = units.map(() => new Map<string, number[]>());
  const entering: number[][] = units.map(() => []);
  edges.forEach((edge, i) => {
    if (edge.leave === null) {
      const trunks = leaving[edge.from];
      const trunk = trunks?.get(edge.trunk);
      if (trunk) trunk.push(i);
      else trunks?.set(edge.trunk, [i]);
    }
    if (edge.enter === null) entering[edge.to]?.push(i);
  });
  const after = (i: number) => (isLane(i) ? Infinity : at(x, ways[i]?.[0] ?? edges[i]?.to ?? 0));
  const before = (i: number) => (isLane(i) ? Infinity : at(x, ways[i]?.at(-1) ?? edges[i]?.from ?? 0));
  units.forEach((unit, u) => {
    const step = (count: number) =>
      Math.min(SPREAD, (2 * Math.min(unit.left, unit.right) - 16) / Math.max(1, count - 1));
    const trunks = [...(leaving[u]?.values() ?? [])];
    const goal = (trunk: readonly number[]) => trunk.reduce((sum, i) => sum + after(i), 0) / trunk.length;
    trunks.sort((a, b) => compare(goal(a), goal(b)) || at(a, 0) - at(b, 0));
    trunks.forEach((trunk, k) => {
      for (const i of trunk) leave[i] = (k - (trunks.length - 1) / 2) * step(trunks.length);
    });
    const arriving = (entering[u] ?? []).sort((a, b) => compare(before(a), before(b)) || a - b);
    arriving.forEach((i, k) => (enter[i] = (k - (arriving.length - 1) / 2) * step(arriving.length)));
  });
  return { leave, enter };
}

/** Infinities are equal; their difference is no number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** Top and bottom of each layer of boxes. */
interface Rows {
  top: Float64Array;
  bottom: Float64Array;
  height: number;
}

function placeRows(
  { units, head, foot }: LayoutInput,
  { rank, ranks, upper, lower }: Layers,
  x: Float64Array,
): Rows {
  const tallest = new Float64Array(ranks);
  const pinned = new Int32Array(ranks);
  units.forEach(({ height, pin }, i) => {
    const row = at(rank, i);
    tallest[row] = Math.max(at(tallest, row), height);
    pinned[row] = pin;
  });
  const slopes = new Float64Array(ranks);
  upper.forEach((cell, i) => {
    const row = at(rank, cell);
    slopes[row] = Math.max(at(slopes, row), Math.abs(at(x, cell) - at(x, at(lower, i))));
  });
  const top = new Float64Array(ranks);
  const bottom = new Float64Array(ranks);
  let y = at(pinned, 0) < 0 ? 0 : head;
  for (let row = 0; row < ranks; row += 1) {
    top[row] = y;
    bottom[row] = y + at(tallest, row);
    const sloped = Math.min(SLOPE.most, at(slopes, row) * SLOPE.share);
    if (at(pinned, row) < 0) y = at(bottom, row) + Math.max(head, sloped);
    else if (at(pinned, row + 1) > 0) y = at(bottom, row) + Math.max(foot, sloped);
    else y = at(bottom, row) + GAP.layers + sloped;
  }
  const height = at(bottom, ranks - 1) + (at(pinned, ranks - 1) > 0 ? 0 : foot);
  return { top, bottom, height };
}

/** Everything moved so that the leftmost of it is at 0. */
function settle(layout: Omit<Layout, 'width' | 'height'>, units: readonly Unit[], height: number): Layout {
  const { x, y, rank, points } = layout;
  let [min, max] = [Infinity, -Infinity];
  units.forEach(({ left, right }, i) => {
    min = Math.min(min, at(x, i) - left);
    max = Math.max(max, at(x, i) + right);
  });
  for (const line of points) {
    for (let i = 0; i < line.length; i += 2) {
      min = Math.min(min, at(line, i));
      max = Math.max(max, at(line, i));
    }
  }
  if (units.length === 0) [min, max] = [0, 0];
  return {
    width: max - min,
    height,
    x: Float64Array.from(units, ({ left }, i) => at(x, i) - left - min),
    y,
    rank,
    points: points.map((line) => line.map((value, i) => (i % 2 === 0 ? value - min : value))),
  };
}
