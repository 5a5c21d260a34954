import { add, adjacency, at, type Adjacency } from './adjacency';

/** Cells in layers and the segments between neighbouring layers; what ordering and placing work on. */
export interface Layers {
  cells: number;
  rank: Int32Array;
  ranks: number;
  /** Segments, each from a cell to one of the next layer. */
  upper: Int32Array;
  lower: Int32Array;
}

/** Sweeps up and down at most, and how many in a row may gain nothing. */
const SWEEPS = 8;
const PATIENCE = 2;

/** The cells of each layer from left to right, with few crossings: barycentres, the best of a fixed number of sweeps. */
export function orderLayers({ cells, rank, ranks, upper, lower }: Layers): Int32Array[] {
  const below = adjacency(cells, upper);
  const above = adjacency(cells, lower);
  const layers = walkOrder(cells, rank, ranks, lower, below);
  const place = new Int32Array(cells);
  const note = () => layers.forEach((layer) => layer.forEach((cell, i) => (place[cell] = i)));
  note();
  let best = layers.map((layer) => layer.slice());
  let fewest = countCrossings(layers, place, lower, below);
  let idle = 0;
  for (let sweep = 0; sweep < SWEEPS && fewest > 0 && idle < PATIENCE; sweep += 1) {
    const downward = sweep % 2 === 0;
    for (let i = 1; i < ranks; i += 1) {
      const layer = layers[downward ? i : ranks - 1 - i];
      if (layer) sortLayer(layer, place, downward ? above : below, downward ? upper : lower);
    }
    const crossings = countCrossings(layers, place, lower, below);
    idle = crossings < fewest ? 0 : idle + 1;
    if (idle > 0) continue;
    fewest = crossings;
    best = layers.map((layer) => layer.slice());
  }
  return best;
}

/** Cells in the order of a walk down from the top, so that what belongs together begins side by side. */
function walkOrder(
  cells: number,
  rank: Int32Array,
  ranks: number,
  lower: Int32Array,
  below: Adjacency,
): Int32Array[] {
  const layers: number[][] = Array.from({ length: ranks }, () => []);
  const seen = new Uint8Array(cells);
  const byRank = adjacency(ranks, rank).items;
  for (const start of byRank) {
    const stack = [start];
    while (stack.length > 0) {
      const cell = stack.pop() ?? 0;
      if (seen[cell]) continue;
      seen[cell] = 1;
      layers[at(rank, cell)]?.push(cell);
      for (let i = at(below.start, cell + 1) - 1; i >= at(below.start, cell); i -= 1) {
        stack.push(at(lower, at(below.items, i)));
      }
    }
  }
  return layers.map((layer) => Int32Array.from(layer));
}

function sortLayer(layer: Int32Array, place: Int32Array, neighbours: Adjacency, other: Int32Array): void {
  if (layer.length < 2) return;
  const centre = new Map<number, number>();
  layer.forEach((cell, i) => {
    const first = at(neighbours.start, cell);
    const end = at(neighbours.start, cell + 1);
    let sum = 0;
    for (let k = first; k < end; k += 1) sum += at(place, at(other, at(neighbours.items, k)));
    centre.set(cell, first === end ? i : sum / (end - first));
  });
  layer.sort((a, b) => (centre.get(a) ?? 0) - (centre.get(b) ?? 0) || at(place, a) - at(place, b));
  layer.forEach((cell, i) => (place[cell] = i));
}

/** Crossings between all neighbouring layers, counted with a tree of sums. */
function countCrossings(
  layers: readonly Int32Array[],
  place: Int32Array,
  lower: Int32Array,
  below: Adjacency,
): number {
  let crossings = 0;
  for (let i = 0; i + 1 < layers.length; i += 1) {
    const [layer, next] = [layers[i], layers[i + 1]];
    if (!layer || !next || layer.length < 2 || next.length < 2) continue;
    const sums = new Int32Array(next.length + 1);
    let seen = 0;
    for (const cell of layer) {
      const first = at(below.start, cell);
      const end = at(below.start, cell + 1);
      for (let edge = first; edge < end; edge += 1) {
        let upTo = 0;
        const to = at(place, at(lower, at(below.items, edge)));
        for (let k = to + 1; k > 0; k -= k & -k) upTo += at(sums, k);
        crossings += seen - upTo;
      }
      for (let edge = first; edge < end; edge += 1) {
        const to = at(place, at(lower, at(below.items, edge)));
        for (let k = to + 1; k <= next.length; k += k & -k) add(sums, k, 1);
      }
      seen += end - first;
    }
  }
  return crossings;
}
