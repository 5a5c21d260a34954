import { at } from './adjacency';

interface LaneInput {
  edges: readonly { from: number; to: number }[];
  /** A number for each edge; those of one trunk share it. */
  trunks: Int32Array;
  isLane: (edge: number) => boolean;
  reversed: ArrayLike<number>;
  rank: Int32Array;
  layers: readonly Int32Array[];
  x: Float64Array;
  left: Float64Array;
  right: Float64Array;
}

/** Between two lanes, and between a lane and what it passes. */
const APART = 12;

/**
 * x of the edges that run beside the picture, by edge: on the nearer side of the layers they pass, the short ones
 * inside. Edges of one trunk share a lane.
 */
export function findLanes(input: LaneInput): Map<number, number> {
  const { rank, layers, x, left, right } = input;
  const reach = layers.map((layer) => {
    const [first, last] = [at(layer, 0), at(layer, layer.length - 1)];
    return { min: at(x, first) - at(left, first), max: at(x, last) + at(right, last) };
  });
  const lanes = new Map<number, number>();
  const found = [...byTrunk(input).values()].sort(
    (a, b) => a.bottom - a.top - (b.bottom - b.top) || at(a.edges, 0) - at(b.edges, 0),
  );
  for (const { top, bottom, edges } of found) {
    let [min, max] = [Infinity, -Infinity];
    for (let row = top; row <= bottom; row += 1) {
      min = Math.min(min, reach[row]?.min ?? Infinity);
      max = Math.max(max, reach[row]?.max ?? -Infinity);
    }
    const middle = edges.reduce((sum, edge) => sum + endsOf(input, edge), 0) / edges.length;
    const lane = max - middle <= middle - min ? max + APART : min - APART;
    for (let row = top; row <= bottom; row += 1) {
      const entry = reach[row];
      if (!entry) continue;
      entry.min = Math.min(entry.min, lane);
      entry.max = Math.max(entry.max, lane);
    }
    for (const edge of edges) lanes.set(edge, lane);
  }
  return lanes;

  function endsOf({ edges }: LaneInput, edge: number): number {
    const { from, to } = edges[edge] ?? { from: 0, to: 0 };
    return (at(x, from) + at(x, to)) / 2;
  }

  function byTrunk({ edges, trunks, isLane, reversed }: LaneInput) {
    const found = new Map<number, { top: number; bottom: number; edges: number[] }>();
    edges.forEach(({ from, to }, edge) => {
      if (!isLane(edge)) return;
      const isUp = reversed[edge] === 1;
      const key = 2 * at(trunks, edge) + Number(isUp);
      const [top, bottom] = isUp ? [at(rank, to), at(rank, from)] : [at(rank, from) + 1, at(rank, to) - 1];
      const entry = found.get(key);
      if (!entry) {
        found.set(key, { top, bottom, edges: [edge] });
        return;
      }
      entry.top = Math.min(entry.top, top);
      entry.bottom = Math.max(entry.bottom, bottom);
      entry.edges.push(edge);
    });
    return found;
  }
}
