import { add, adjacency, at, edgesOf, type Adjacency } from './adjacency';

/** Cells in layers and the segments between neighbouring layers; what ordering and placing work on. */
export interface Layers {
  cells: number;
  rank: Int32Array;
  ranks: number;
  /** Segments, each from a cell to one of the next layer. */
  upper: Int32Array;
  lower: Int32Array;
}

/** Sweeps up and down; more of them hardly ever cross fewer edges. */
const SWEEPS = 8;

/** The cells of each layer from left to right, with few crossings: barycentres, the best of a fixed number of sweeps. */
export function orderLayers({ cells, rank, ranks, upper, lower }: Layers): Int32Array[] {
  const below = adjacency(cells, upper);
  const above = adjacency(cells, lower);
  let layers = walkOrder(cells, rank, ranks, lower, below);
  const place = new Int32Array(cells);
  const note = () => layers.forEach((layer) => layer.forEach((cell, i) => (place[cell] = i)));
  note();
  let best = layers.map((layer) => layer.slice());
  let fewest = countCrossings(layers, place, lower, below);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const downward = sweep % 2 === 0;
    for (let i = 1; i < ranks; i += 1) {
      const layer = layers[downward ? i : ranks - 1 - i];
      if (layer) sortLayer(layer, place, downward ? above : below, downward ? upper : lower);
    }
    const crossings = countCrossings(layers, place, lower, below);
    if (crossings >= fewest) continue;
    fewest = crossings;
    best = layers.map((layer) => layer.slice());
  }
  layers = best;
  return layers;
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
  const byRank = Int32Array.from({ length: cells }, (_, cell) => cell).sort(
    (a, b) => at(rank, a) - at(rank, b) || a - b,
  );
  for (const start of byRank) {
    const stack = [start];
    while (stack.length > 0) {
      const cell = stack.pop() ?? 0;
      if (seen[cell]) continue;
      seen[cell] = 1;
      layers[at(rank, cell)]?.push(cell);
      const edges = edgesOf(below, cell);
      for (let i = edges.length - 1; i >= 0; i -= 1) stack.push(at(lower, at(edges, i)));
    }
  }
  return layers.map((layer) => Int32Array.from(layer));
}

function sortLayer(layer: Int32Array, place: Int32Array, neighbours: Adjacency, other: Int32Array): void {
  if (layer.length < 2) return;
  const centre = new Map<number, number>();
  layer.forEach((cell, i) => {
    const edges = edgesOf(neighbours, cell);
    let sum = 0;
    for (const edge of edges) sum += at(place, at(other, edge));
    centre.set(cell, edges.length === 0 ? i : sum / edges.length);
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
      const places = Array.from(edgesOf(below, cell), (edge) => at(place, at(lower, edge)));
      for (const to of places) {
        let upTo = 0;
        for (let k = to + 1; k > 0; k -= k & -k) upTo += at(sums, k);
        crossings += seen - upTo;
      }
      for (const to of places) {
        for (let k = to + 1; k <= next.length; k += k & -k) add(sums, k, 1);
        seen += 1;
      }
    }
  }
  return crossings;
}
