import type { SparseParts, StoredTensor } from '../../core/checkpoint';
import { byteLength } from '../../core/dtype';
import { elementCount } from '../../core/shape';
import { viewElements, type TypedArray } from '../../core/tensor';

/** Takes the kept value numbered `at`, or its piece, to its place among the elements of the sparse dimensions. */
type Put = (place: number, at: number) => void;

/**
 * A sparse tensor with its zeros, row-major; values of one place are added up, those outside the tensor left out.
 * Compressed layouts (`csr`, `csc`, `bsr`, `bsc`) may have dimensions of batches in front and dense ones behind.
 * @see https://docs.pytorch.org/docs/stable/sparse.html
 */
export async function densify(
  { dims, dtype }: StoredTensor,
  { layout, indices, values }: SparseParts,
  read: (part: StoredTensor) => Promise<TypedArray>,
): Promise<TypedArray> {
  const dense = viewElements(dtype, new Uint8Array(byteLength(dtype, elementCount(dims))));
  const [first, second] = indices;
  if (first === undefined) return dense;
  const [kept, places] = [await read(values), await read(first)];
  // Dense dimensions stand behind the sparse ones: so many elements share a place.
  const putting =
    (each: number): Put =>
    (place, at) => {
      for (let k = 0; k < each; k++) add(dense, place * each + k, kept[at * each + k] ?? 0);
    };
  if (layout === 'coo' || second === undefined) {
    const [sparse = 0, count = 0] = first.dims;
    coordinates(places, dims.slice(0, sparse), count, putting(kept.length / Math.max(1, count)));
    return dense;
  }
  const batches = first.dims.length - 1;
  const block = layout === 'bsr' || layout === 'bsc' ? values.dims.slice(batches + 1, batches + 3) : [1, 1];
  const plane: Plane = {
    ...{ rows: dims[batches] ?? 0, columns: dims[batches + 1] ?? 0 },
    ...{ high: block[0] ?? 1, wide: block[1] ?? 1, isByRow: layout === 'csr' || layout === 'bsr' },
  };
  const others = await read(second);
  const [lines, count] = [first.dims.at(-1) ?? 0, second.dims.at(-1) ?? 0];
  const pieces = count * elementCount(dims.slice(0, batches)) * plane.high * plane.wide;
  const put = putting(kept.length / Math.max(1, pieces));
  for (let batch = 0; batch < elementCount(dims.slice(0, batches)); batch++) {
    const starts = places.slice(batch * lines, (batch + 1) * lines);
    compressed(plane, starts, others.slice(batch * count, (batch + 1) * count), (place, at) => {
      put(batch * plane.rows * plane.columns + place, batch * count * plane.high * plane.wide + at);
    });
  }
  return dense;
}

/** One column of indices a value. */
function coordinates(indices: TypedArray, dims: readonly number[], count: number, put: Put): void {
  for (let at = 0; at < count; at++) {
    let place = 0;
    let isInside = true;
    for (const [d, dim] of dims.entries()) {
      const index = Number(indices[d * count + at] ?? -1);
      isInside &&= index >= 0 && index < dim;
      place = place * dim + index;
    }
    if (isInside) put(place, at);
  }
}

/** Two sparse dimensions, in blocks or single elements. */
interface Plane {
  rows: number;
  columns: number;
  high: number;
  wide: number;
  isByRow: boolean;
}

/** Of one of the two dimensions it is told where the stretch of each line begins, of the other one index a value. */
function compressed(plane: Plane, starts: TypedArray, others: TypedArray, put: Put): void {
  const { rows, columns, high, wide, isByRow } = plane;
  // No value belongs to two lines, whatever the file says: the work stays as long as the list.
  let reached = 0;
  for (let line = 0; line + 1 < starts.length; line++) {
    const end = Math.min(others.length, Number(starts[line + 1]));
    const from = Math.max(reached, Number(starts[line]));
    reached = Math.max(reached, end);
    for (let at = from; at < end; at++) {
      const other = Number(others[at]);
      const top = (isByRow ? line : other) * high;
      const left = (isByRow ? other : line) * wide;
      if (top < 0 || left < 0 || top + high > rows || left + wide > columns) continue;
      for (let inside = 0; inside < high * wide; inside++) {
        put((top + Math.floor(inside / wide)) * columns + left + (inside % wide), at * high * wide + inside);
      }
    }
  }
}

function add(dense: TypedArray, at: number, value: number | bigint): void {
  const before = dense[at];
  if (typeof before === 'bigint' && typeof value === 'bigint') dense[at] = before + value;
  else if (typeof before === 'number' && typeof value === 'number') dense[at] = before + value;
}
