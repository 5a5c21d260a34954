import { Gap } from '../gap';
import { aten, type ViewEmitter } from '../operators/aten';
import { dimOf, slice, unsqueeze } from '../parts/rearrange';
import type { Size } from '../tape/size';
import { floorDivide, minus, plus, times } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { replaced, selected } from './slicing';

/** Parts of a tensor along a dimension, all of them; each can be written to. */
export default aten({
  'aten::split.Tensor(Tensor(a -> *) self, SymInt split_size, int dim=0) -> Tensor(a)[]': parts(
    ({ self, split_size, dim }) => evenly(self.size(dim), split_size),
  ),
  'aten::split.sizes(Tensor(a -> *) self, SymInt[] split_size, int dim=0) -> Tensor(a)[]': parts(
    ({ split_size }) => split_size,
  ),
  'aten::split_with_sizes(Tensor(a -> *) self, SymInt[] split_sizes, int dim=0) -> Tensor(a)[]': parts(
    ({ split_sizes }) => split_sizes,
  ),
  'aten::chunk(Tensor(a -> *) self, int chunks, int dim=0) -> Tensor(a)[]': parts(({ self, chunks, dim }) =>
    inChunks(self.size(dim), chunks),
  ),
  'aten::unsafe_chunk(Tensor self, int chunks, int dim=0) -> Tensor[]': parts(({ self, chunks, dim }) =>
    inChunks(self.size(dim), chunks),
  ),
  'aten::unsafe_split.Tensor(Tensor self, SymInt split_size, int dim=0) -> Tensor[]': parts(
    ({ self, split_size, dim }) => evenly(self.size(dim), split_size),
  ),
  'aten::tensor_split.sections(Tensor(a -> *) self, SymInt sections, int dim=0) -> Tensor(a)[]': parts(
    ({ self, sections, dim }) => {
      const [size, count] = [self.size(dim), sections];
      if (typeof size !== 'number' || typeof count !== 'number')
        throw new Gap('tensor_split needs a known size');
      return Array.from({ length: count }, (_, at) => Math.floor(size / count) + (at < size % count ? 1 : 0));
    },
  ),
  'aten::tensor_split.indices(Tensor(a -> *) self, SymInt[] indices, int dim=0) -> Tensor(a)[]': parts(
    ({ self, indices, dim }) =>
      [...indices, self.size(dim)].map((end, at) => minus(end, indices[at - 1] ?? 0)),
  ),
  'aten::unbind.int(Tensor(a -> *) self, int dim=0) -> Tensor(a)[]': {
    read: (tape, { self, dim }) => {
      const axis = dimOf(dim, self.rank);
      return counted(self, axis).map((index) => selected(tape, self, axis, index));
    },
    write: (tape, { self, dim }, value, index) => {
      const axis = dimOf(dim, self.rank);
      return replaced(tape, self, axis, [index, index + 1, 1], unsqueeze(tape, value, axis));
    },
  },
});

interface Parted {
  self: Tensor;
  dim: number;
}

function parts<Args extends Parted>(lengthsOf: (args: Args) => readonly Size[]): ViewEmitter<Args> {
  return {
    read: (tape, args) => split(tape, args.self, lengthsOf(args), dimOf(args.dim, args.self.rank)),
    write: (tape, args, value, index) => {
      const lengths = lengthsOf(args);
      const start = lengths.slice(0, index).reduce<Size>(plus, 0);
      const end = plus(start, lengths[index] ?? 0);
      return replaced(tape, args.self, dimOf(args.dim, args.self.rank), [start, end, 1], value);
    },
  };
}

/** Parts of these lengths: one node where they are all known, else one for each part. */
export function split(tape: Tape, self: Tensor, lengths: readonly Size[], dim: number): Tensor[] {
  const [only, ...more] = lengths;
  if (only !== undefined && more.length === 0) return [slice(tape, self, dim, [0, only, 1], only)];
  const made = lengths.map((length) => ({ sizes: self.sizes.with(dim, length) }));
  return tape.nodes('Split', [self, lengths], { axis: dim }, made);
}

/** As many parts as asked for, the last one shorter, or fewer where that is enough. */
function inChunks(size: Size, chunks: number): Size[] {
  if (typeof size === 'number') return evenly(size, Math.max(1, Math.ceil(size / chunks)));
  const each = floorDivide(size, chunks);
  if (minus(times(each, chunks), size) !== 0)
    throw new Gap('chunks of a size that comes when the model runs must be even');
  return new Array<Size>(chunks).fill(each);
}

function evenly(size: Size, each: Size): Size[] {
  const count = floorDivide(size, each);
  if (typeof count !== 'number') throw new Gap('how many parts there are is known only when the model runs');
  const rest = minus(size, times(count, each));
  return [...new Array<Size>(count).fill(each), ...(rest === 0 ? [] : [rest])];
}

function counted(self: Tensor, axis: number): number[] {
  const size = self.size(axis);
  if (typeof size !== 'number') throw new Gap('how many tensors there are is known only when the model runs');
  return Array.from({ length: size }, (_, at) => at);
}
