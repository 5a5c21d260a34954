/** Which edges each unit has: those of unit `u` are `items[start[u]] … items[start[u + 1] - 1]`. */
export interface Adjacency {
  start: Int32Array;
  items: Int32Array;
}

/** Edges sorted by the unit that `keys` names for each. */
export function adjacency(count: number, keys: ArrayLike<number>): Adjacency {
  const start = new Int32Array(count + 1);
  for (let edge = 0; edge < keys.length; edge += 1) add(start, at(keys, edge) + 1, 1);
  for (let unit = 0; unit < count; unit += 1) add(start, unit + 1, at(start, unit));
  const fill = start.slice();
  const items = new Int32Array(keys.length);
  for (let edge = 0; edge < keys.length; edge += 1) {
    const unit = at(keys, edge);
    items[at(fill, unit)] = edge;
    add(fill, unit, 1);
  }
  return { start, items };
}

/** The edges of one unit. */
export function edgesOf({ start, items }: Adjacency, unit: number): Int32Array {
  return items.subarray(at(start, unit), at(start, unit + 1));
}

/** An element that is known to be there. */
export function at(array: ArrayLike<number>, index: number): number {
  return array[index] ?? 0;
}

/** Adds to an element that is known to be there. */
export function add(array: Int32Array | Float64Array, index: number, by: number): void {
  array[index] = at(array, index) + by;
}
