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

interface Edge {
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
  const trunks = numberTrunks(edges);
  const longest = longestSpan(units.length, edges, trunks, ranking);
  const isLane = (edge: number) =>
    reversed[edge] === 1 || at(rank, edges[edge]?.to ?? 0) - at(rank, edges[edge]?.from ?? 0) > longest;
  const { graph, ways } = addBends(edges, trunks, ranking, isLane);

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

  const lanes = findLanes({ edges, trunks, isLane, reversed, rank, layers, x, left, right });
  const ends = attach(units, edges, trunks, (edge, isStart) => {
    const way = ways[edge] ?? [];
    return (
      lanes.get(edge) ?? at(x, (isStart ? way[0] : way.at(-1)) ?? edges[edge]?.[isStart ? 'to' : 'from'] ?? 0)
    );
  });
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

/** A number for each edge, the same for those that leave one unit as one trunk. */
function numberTrunks(edges: readonly Edge[]): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(edges, ({ from, trunk }) => {
    const key = `${from} ${trunk}`;
    const number = known.get(key) ?? known.size;
    known.set(key, number);
    return number;
  });
}

/** How many layers an edge may cross with bends, so that there are not too many of them. */
function longestSpan(
  units: number,
  edges: readonly Edge[],
  trunks: Int32Array,
  { rank, reversed }: Ranking,
): number {
  const spans = new Int32Array(edges.length);
  edges.forEach(({ from, to }, i) => {
    const span = at(rank, to) - at(rank, from);
    const trunk = at(trunks, i);
    if (!reversed[i] && span <= LONG) spans[trunk] = Math.max(at(spans, trunk), span);
  });
  const counts = new Int32Array(LONG + 1);
  for (const span of spans) if (span > 1) add(counts, span, span - 1);
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
  trunks: Int32Array,
  { rank, ranks }: Ranking,
  isLane: (edge: number) => boolean,
): { graph: Layers; ways: number[][] } {
  const ranked = Array.from(rank);
  const upper: number[] = [];
  const lower: number[] = [];
  const bends: number[][] = [];
  const ways = edges.map(({ from, to }, i) => {
    if (isLane(i)) return [];
    const shared = (bends[at(trunks, i)] ??= []);
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

/** Where edges leave and enter, from the anchors: side by side, in the order of where `next` says that they go. */
function attach(
  units: readonly Unit[],
  edges: readonly Edge[],
  trunks: Int32Array,
  next: (edge: number, isStart: boolean) => number,
): { leave: Float64Array; enter: Float64Array } {
  const leave = Float64Array.from(edges, (edge) => edge.leave ?? 0);
  const enter = Float64Array.from(edges, (edge) => edge.enter ?? 0);
  const leaving: number[][] = units.map(() => []);
  const entering: number[][] = units.map(() => []);
  const firsts = new Map<number, number>();
  edges.forEach((edge, i) => {
    const trunk = at(trunks, i);
    if (edge.leave === null && !firsts.has(trunk)) {
      firsts.set(trunk, i);
      leaving[edge.from]?.push(i);
    }
    if (edge.enter === null) entering[edge.to]?.push(i);
  });
  units.forEach((unit, u) => {
    const room = 2 * Math.min(unit.left, unit.right) - 16;
    const spread = (list: number[], offsets: Float64Array, isStart: boolean) => {
      if (list.length < 2) return;
      const goals = new Map(list.map((i) => [i, next(i, isStart)]));
      list.sort((a, b) => (goals.get(a) ?? 0) - (goals.get(b) ?? 0) || a - b);
      const step = Math.min(SPREAD, room / (list.length - 1));
      list.forEach((i, k) => (offsets[i] = (k - (list.length - 1) / 2) * step));
    };
    spread(leaving[u] ?? [], leave, true);
    spread(entering[u] ?? [], enter, false);
  });
  edges.forEach((edge, i) => {
    if (edge.leave === null) leave[i] = at(leave, firsts.get(at(trunks, i)) ?? i);
  });
  return { leave, enter };
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
