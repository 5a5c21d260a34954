import { adjacency, at, edgesOf, type Adjacency } from './adjacency';
import type { Layers } from './order';

/** How far a cell reaches to either side of the line that its edges hang on, and what keeps it from its neighbours. */
export interface Extents {
  left: Float64Array;
  right: Float64Array;
  /** Least distance between two neighbouring cells. */
  gap: (a: number, b: number) => number;
  /** Cells that stand for a long edge on its way. */
  isBend: (cell: number) => boolean;
}

/**
 * x of each cell, so that long edges are straight and others nearly: four alignments and the middle of them.
 * @see Brandes and Köpf, "Fast and Simple Horizontal Coordinate Assignment", 2001
 */
export function placeCells(graph: Layers, layers: readonly Int32Array[], extents: Extents): Float64Array {
  const { cells, upper, lower } = graph;
  const place = new Int32Array(cells);
  for (const layer of layers) layer.forEach((cell, i) => (place[cell] = i));
  const above = adjacency(cells, lower);
  const below = adjacency(cells, upper);
  const blocked = findBlocked(graph, layers, place, above, extents);
  const candidates: Float64Array[] = [];
  for (const downward of [true, false]) {
    for (const leftward of [true, false]) {
      const rows = downward ? layers : layers.toReversed();
      const ordered = leftward ? rows : rows.map((row) => row.toReversed());
      const neighbours = downward ? above : below;
      const other = downward ? upper : lower;
      const sign = leftward ? 1 : -1;
      const root = alignRows(cells, ordered, place, neighbours, other, blocked, sign);
      const x = compact(cells, ordered, root, leftward ? extents : mirror(extents));
      candidates.push(leftward ? x : x.map((value) => -value));
    }
  }
  return middle(candidates, extents);
}

/** Segments that cross a long edge: they give way. */
function findBlocked(
  { upper, lower }: Layers,
  layers: readonly Int32Array[],
  place: Int32Array,
  above: Adjacency,
  { isBend }: Extents,
): Uint8Array {
  const blocked = new Uint8Array(upper.length);
  for (let i = 1; i < layers.length; i += 1) {
    const [before, row] = [layers[i - 1], layers[i]];
    if (!before || !row) continue;
    let from = 0;
    let left = 0;
    row.forEach((cell, k) => {
      const inner = isBend(cell) ? edgesOf(above, cell).find((edge) => isBend(at(upper, edge))) : undefined;
      if (inner === undefined && k < row.length - 1) return;
      const right = inner === undefined ? before.length : at(place, at(upper, inner));
      for (; from <= k; from += 1) {
        for (const edge of edgesOf(above, at(row, from))) {
          const other = at(upper, edge);
          const isInner = isBend(other) && isBend(at(lower, edge));
          if (!isInner && (at(place, other) < left || at(place, other) > right)) blocked[edge] = 1;
        }
      }
      left = right;
    });
  }
  return blocked;
}

/** Chains cells to the middle of their neighbours above; the answer is the first cell of each one's chain. */
function alignRows(
  cells: number,
  rows: readonly Int32Array[],
  place: Int32Array,
  neighbours: Adjacency,
  other: Int32Array,
  blocked: Uint8Array,
  sign: number,
): Int32Array {
  const root = Int32Array.from({ length: cells }, (_, cell) => cell);
  const taken = new Uint8Array(cells);
  for (const row of rows) {
    let reached = -Infinity;
    for (const cell of row) {
      const edges = edgesOf(neighbours, cell);
      if (edges.length > 1) {
        edges.sort((a, b) => sign * (at(place, at(other, a)) - at(place, at(other, b))));
      }
      const half = (edges.length - 1) / 2;
      for (let i = Math.floor(half); i <= Math.ceil(half) && i >= 0; i += 1) {
        const edge = at(edges, i);
        const target = at(other, edge);
        const spot = sign * at(place, target);
        if (blocked[edge] || taken[target] || spot <= reached) continue;
        taken[target] = 1;
        root[cell] = at(root, target);
        reached = spot;
        break;
      }
    }
  }
  return root;
}

/** Pushes chains as far left as their neighbours let them, then back right where nothing holds them. */
function compact(
  cells: number,
  rows: readonly Int32Array[],
  root: Int32Array,
  extents: Extents,
): Float64Array {
  const lefts: number[] = [];
  const rights: number[] = [];
  const aparts: number[] = [];
  for (const row of rows) {
    for (let i = 1; i < row.length; i += 1) {
      const a = at(row, i - 1);
      const b = at(row, i);
      lefts.push(at(root, a));
      rights.push(at(root, b));
      aparts.push(at(extents.right, a) + extents.gap(a, b) + at(extents.left, b));
    }
  }
  const toRight = adjacency(cells, lefts);
  const toLeft = adjacency(cells, rights);
  const order = byDependence(cells, toRight, rights);
  const x = new Float64Array(cells);
  for (const block of order) {
    let least = 0;
    for (let i = at(toLeft.start, block); i < at(toLeft.start, block + 1); i += 1) {
      const pair = at(toLeft.items, i);
      least = Math.max(least, at(x, at(lefts, pair)) + at(aparts, pair));
    }
    x[block] = least;
  }
  for (let k = order.length - 1; k >= 0; k -= 1) {
    const block = at(order, k);
    let most = Infinity;
    for (let i = at(toRight.start, block); i < at(toRight.start, block + 1); i += 1) {
      const pair = at(toRight.items, i);
      most = Math.min(most, at(x, at(rights, pair)) - at(aparts, pair));
    }
    if (most !== Infinity) x[block] = Math.max(at(x, block), most);
  }
  for (let cell = 0; cell < cells; cell += 1) x[cell] = at(x, at(root, cell));
  return x;
}

/** Blocks so that each comes after all to its left; chains never cross, so there is such an order. */
function byDependence(cells: number, toRight: Adjacency, rights: readonly number[]): Int32Array {
  const waiting = new Int32Array(cells);
  for (const block of rights) waiting[block] = at(waiting, block) + 1;
  const order = new Int32Array(cells);
  let end = 0;
  for (let block = 0; block < cells; block += 1) if (waiting[block] === 0) order[end++] = block;
  for (let next = 0; next < end; next += 1) {
    for (const pair of edgesOf(toRight, at(order, next))) {
      const block = at(rights, pair);
      waiting[block] = at(waiting, block) - 1;
      if (waiting[block] === 0) order[end++] = block;
    }
  }
  return order.subarray(0, end);
}

function mirror({ left, right, ...rest }: Extents): Extents {
  return { left: right, right: left, ...rest };
}

/** The four answers set against the narrowest of them, and between their two middle values. */
function middle(candidates: readonly Float64Array[], { left, right }: Extents): Float64Array {
  const spans = candidates.map((x) => {
    let [min, max] = [Infinity, -Infinity];
    x.forEach((value, cell) => {
      min = Math.min(min, value - at(left, cell));
      max = Math.max(max, value + at(right, cell));
    });
    return { min, max };
  });
  const narrowest = spans.reduce((best, span) => (span.max - span.min < best.max - best.min ? span : best));
  const shifts = spans.map(({ min, max }, i) => (i % 2 === 0 ? narrowest.min - min : narrowest.max - max));
  const x = new Float64Array(candidates[0]?.length ?? 0);
  const values = new Float64Array(candidates.length);
  for (let cell = 0; cell < x.length; cell += 1) {
    candidates.forEach((each, i) => (values[i] = at(each, cell) + at(shifts, i)));
    values.sort();
    x[cell] = (at(values, 1) + at(values, 2)) / 2;
  }
  return x;
}
