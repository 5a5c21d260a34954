import { Gap } from '../gap';
import type { Size } from '../tape/size';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { expand, permute, unsqueeze } from './rearrange';

/** Indices of `x[i, :, j]` made plain: which dimensions they pick from, and where what they pick goes. */
interface Indexing {
  /** The tensor's dimensions, those that are indexed first. */
  order: readonly number[];
  /** The indices of all indexed dimensions, broadcast: `[...sizes, count]`. */
  places: Tensor;
  sizes: readonly Size[];
  /** Where the picked dimensions stand in the result: in the place of the indexed ones if those are neighbours. */
  at: number;
}

/** Indices as torch takes them: `null` for a dimension that stays, truth values for those that are picked. */
function plainIndexing(tape: Tape, self: Tensor, given: readonly (Tensor | null)[]): Indexing {
  const indices = given.flatMap((index) => (index?.dtype === 'bool' ? chosen(tape, index) : [index]));
  const dims = indices.flatMap((index, dim) => (index === null ? [] : [dim]));
  const picked = indices.filter((index) => index !== null).map((index) => tape.cast(index, 'int64'));
  const [first = 0] = dims;
  const areNeighbours = dims.every((dim, at) => dim === first + at);
  const rest = self.sizes.map((_, at) => at).filter((at) => !dims.includes(at));
  const sizes = broadcastSizes(picked);
  const rank = sizes.length;
  const counted = picked.map((index) => unsqueeze(tape, expand(tape, index, sizes), rank));
  const places =
    counted.length === 1
      ? counted[0]
      : tape.node('Concat', counted, { axis: rank }, { sizes: [...sizes, counted.length] });
  if (places === undefined) throw new Gap('there is no index');
  return { order: [...dims, ...rest], places, sizes, at: areNeighbours ? first : 0 };
}

/** The places of truth values, one vector for each dimension they have. */
function chosen(tape: Tape, mask: Tensor): Tensor[] {
  const found = tape.node('NonZero', [mask]);
  return mask.sizes.map((_, dim) =>
    tape.node('Gather', [found, tape.constant('int64', [], [dim])], { axis: 0 }, { sizes: [found.size(1)] }),
  );
}

function broadcastSizes(tensors: readonly Tensor[]): Size[] {
  const rank = Math.max(0, ...tensors.map((tensor) => tensor.rank));
  return Array.from({ length: rank }, (_, at) => {
    const sizes = tensors
      .map((tensor) => tensor.sizes[at - rank + tensor.rank] ?? 1)
      .filter((size) => size !== 1);
    return sizes.find((size) => typeof size === 'number') ?? sizes[0] ?? 1;
  });
}

/** The elements at the places. */
export function gathered(tape: Tape, self: Tensor, given: readonly (Tensor | null)[]): Tensor {
  const only = singleIndex(given);
  if (only !== null) return tape.node('Gather', [self, only.index], { axis: only.dim });
  const { order, places, sizes, at } = plainIndexing(tape, self, given);
  const count = places.sizes.at(-1);
  const front = permute(tape, self, order);
  const rest = order.slice(typeof count === 'number' ? count : 0).map((dim) => self.size(dim));
  const found = tape.node('GatherND', [front, places], {}, { sizes: [...sizes, ...rest] });
  return permute(tape, found, movedOrder(sizes.length, rest.length, at));
}

/** Plain whole numbers for one dimension, which one Gather picks. */
function singleIndex(given: readonly (Tensor | null)[]): { index: Tensor; dim: number } | null {
  const dims = given.flatMap((index, dim) => (index === null ? [] : [dim]));
  const [dim] = dims;
  const index = dim === undefined ? null : given[dim];
  if (!index || dims.length !== 1 || dim === undefined || index.dtype === 'bool') return null;
  return { index, dim };
}

/** Brings the first dimensions of what was picked behind `at` of the others. */
function movedOrder(picked: number, rest: number, at: number): number[] {
  const others = Array.from({ length: rest }, (_, dim) => picked + dim);
  const front = Array.from({ length: picked }, (_, dim) => dim);
  return [...others.slice(0, at), ...front, ...others.slice(at)];
}

/** The tensor with `values` at the places, added to what is there or in its stead. */
export function scatteredAt(
  tape: Tape,
  self: Tensor,
  given: readonly (Tensor | null)[],
  values: Tensor,
  isSum: boolean,
): Tensor {
  const { order, places, sizes, at } = plainIndexing(tape, self, given);
  const count = Number(places.sizes.at(-1));
  const rest = order.slice(count).map((dim) => self.size(dim));
  const back = movedOrder(sizes.length, rest.length, at);
  const whole = back.map((dim) => [...sizes, ...rest][dim] ?? 1);
  const spread = expand(tape, tape.cast(values, self.dtype), whole);
  const updates = permute(
    tape,
    spread,
    back.map((_, dim) => back.indexOf(dim)),
  );
  const front = permute(tape, self, order);
  const attributes = isSum ? { reduction: 'add' } : {};
  const done = tape.node('ScatterND', [front, places, updates], attributes, { sizes: front.sizes });
  return permute(
    tape,
    done,
    order.map((_, dim) => order.indexOf(dim)),
  );
}
