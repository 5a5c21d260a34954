import { add, adjacency, at, edgesOf, type Adjacency } from './adjacency';

/** The layer of each unit, from 0 at the top, and the edges that run against them. */
export interface Ranking {
  rank: Int32Array;
  /** 1 for an edge that closes a cycle: it goes up. */
  reversed: Uint8Array;
  ranks: number;
}

/**
 * Layers by the longest way from the top; units with more consumers than producers then move down to where they
 * are needed. `pins` keeps a unit in a layer of its own at the top (-1) or the bottom (1).
 */
export function rankUnits(
  count: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  pins: ArrayLike<number>,
): Ranking {
  const reversed = findCycles(count, from, to);
  const up = Int32Array.from(from, (unit, edge) => (reversed[edge] ? at(to, edge) : unit));
  const down = Int32Array.from(to, (unit, edge) => (reversed[edge] ? at(from, edge) : unit));
  const outgoing = adjacency(count, up);
  const order = topological(count, outgoing, down);
  const incoming = adjacency(count, down);

  const rank = new Int32Array(count);
  const hasTop = order.some((unit) => at(pins, unit) < 0);
  for (const unit of order) {
    if (at(pins, unit) < 0) continue;
    let lowest = hasTop ? 1 : 0;
    for (const edge of edgesOf(incoming, unit)) lowest = Math.max(lowest, at(rank, at(up, edge)) + 1);
    rank[unit] = lowest;
  }
  for (let i = order.length - 1; i >= 0; i -= 1) {
    const unit = at(order, i);
    const consumers = edgesOf(outgoing, unit);
    if (at(pins, unit) !== 0 || consumers.length <= edgesOf(incoming, unit).length) continue;
    let highest = Infinity;
    for (const edge of consumers) highest = Math.min(highest, at(rank, at(down, edge)) - 1);
    rank[unit] = highest;
  }
  let last = order.reduce((max, unit) => (at(pins, unit) > 0 ? max : Math.max(max, at(rank, unit))), 0);
  if (order.some((unit) => at(pins, unit) > 0)) last += 1;
  for (const unit of order) if (at(pins, unit) > 0) rank[unit] = last;
  return { rank, reversed, ranks: count === 0 ? 0 : last + 1 };
}

/** Edges that lead back to a unit that is still being walked through, depth first. */
function findCycles(count: number, from: ArrayLike<number>, to: ArrayLike<number>): Uint8Array {
  const outgoing = adjacency(count, from);
  const reversed = new Uint8Array(to.length);
  const state = new Uint8Array(count);
  const cursor = outgoing.start.slice(0, count);
  for (let start = 0; start < count; start += 1) {
    if (state[start] !== 0) continue;
    const stack = [start];
    state[start] = 1;
    while (stack.length > 0) {
      const unit = at(stack, stack.length - 1);
      const next = at(cursor, unit);
      if (next === at(outgoing.start, unit + 1)) {
        state[unit] = 2;
        stack.pop();
        continue;
      }
      add(cursor, unit, 1);
      const edge = at(outgoing.items, next);
      const target = at(to, edge);
      if (state[target] === 1) reversed[edge] = 1;
      else if (state[target] === 0) {
        state[target] = 1;
        stack.push(target);
      }
    }
  }
  return reversed;
}

function topological(count: number, outgoing: Adjacency, down: Int32Array): Int32Array {
  const waiting = new Int32Array(count);
  for (const unit of down) add(waiting, unit, 1);
  const order = new Int32Array(count);
  let end = 0;
  for (let unit = 0; unit < count; unit += 1) if (waiting[unit] === 0) order[end++] = unit;
  for (let next = 0; next < end; next += 1) {
    for (const edge of edgesOf(outgoing, at(order, next))) {
      const unit = at(down, edge);
      add(waiting, unit, -1);
      if (waiting[unit] === 0) order[end++] = unit;
    }
  }
  return order.subarray(0, end);
}
