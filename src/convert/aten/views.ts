import { Gap } from '../gap';
import { aten, type ViewEmitter } from '../operators/aten';
import {
  dimOf,
  dimsOf,
  expand,
  padRank,
  permute,
  reshape,
  squeeze,
  transpose,
  unsqueeze,
  viewSizes,
} from '../parts/rearrange';
import type { Size } from '../tape/size';
import { isSame, productOf } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** The same elements in other dimensions: what is written to such a view is written to the whole. */
export default aten({
  'aten::view(Tensor(a) self, SymInt[] size) -> Tensor(a)': reshaping((_tape, { self, size }) =>
    viewSizes(self.sizes, size),
  ),
  'aten::view.dtype(Tensor(a) self, ScalarType dtype) -> Tensor(a)': (_tape, { self, dtype }) => {
    if (dtype !== self.dtype) throw new Gap('elements cannot be taken for those of another dtype');
    return self;
  },
  'aten::view_as(Tensor(a) self, Tensor other) -> Tensor(a)': reshaping((_tape, { other }) => other.sizes),
  'aten::reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a)': reshaping((_tape, { self, shape }) =>
    viewSizes(self.sizes, shape),
  ),
  'aten::reshape_as(Tensor(a) self, Tensor other) -> Tensor(a)': reshaping((_tape, { other }) => other.sizes),
  'aten::flatten.using_ints(Tensor(a) self, int start_dim=0, int end_dim=-1) -> Tensor(a)': reshaping(
    (_tape, { self, start_dim, end_dim }) => {
      const [from, to] = [dimOf(start_dim, self.rank), dimOf(end_dim, self.rank)];
      const middle = productOf(self.sizes.slice(from, to + 1));
      return [...self.sizes.slice(0, from), middle, ...self.sizes.slice(to + 1)];
    },
  ),
  'aten::ravel(Tensor(a) self) -> Tensor(a)': reshaping((_tape, { self }) => [productOf(self.sizes)]),
  'aten::unflatten.int(Tensor(a) self, int dim, SymInt[] sizes) -> Tensor(a)': reshaping(
    (_tape, { self, dim, sizes }) => {
      const at = dimOf(dim, self.rank);
      const parts = viewSizes([self.size(at)], sizes);
      return [...self.sizes.slice(0, at), ...parts, ...self.sizes.slice(at + 1)];
    },
  ),
  'aten::unsqueeze(Tensor(a) self, int dim) -> Tensor(a)': {
    read: (tape, { self, dim }) => unsqueeze(tape, self, dimOf(dim, self.rank + 1)),
    write: (tape, { self, dim }, value) => squeeze(tape, value, dimOf(dim, self.rank + 1)),
  },
  'aten::squeeze.dim(Tensor(a) self, int dim) -> Tensor(a)': {
    read: (tape, { self, dim }) => squeeze(tape, self, ...ones(self, [dim])),
    write: (tape, { self, dim }, value) => unsqueeze(tape, value, ...ones(self, [dim])),
  },
  'aten::squeeze(Tensor(a) self) -> Tensor(a)': {
    read: (tape, { self }) => squeeze(tape, self, ...ones(self, null)),
    write: (tape, { self }, value) => unsqueeze(tape, value, ...ones(self, null)),
  },
  'aten::squeeze.dims(Tensor(a) self, int[] dim) -> Tensor(a)': {
    read: (tape, { self, dim }) => squeeze(tape, self, ...ones(self, dim)),
    write: (tape, { self, dim }, value) => unsqueeze(tape, value, ...ones(self, dim)),
  },
  'aten::transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)': {
    read: (tape, { self, dim0, dim1 }) => transpose(tape, self, dim0, dim1),
    write: (tape, { dim0, dim1 }, value) => transpose(tape, value, dim0, dim1),
  },
  'aten::t(Tensor(a) self) -> Tensor(a)': {
    read: (tape, { self }) => (self.rank < 2 ? self : permute(tape, self, [1, 0])),
    write: (tape, { self }, value) => (self.rank < 2 ? value : permute(tape, value, [1, 0])),
  },
  'aten::numpy_T(Tensor(a) self) -> Tensor(a)': {
    read: (tape, { self }) => permute(tape, self, dimsOf(null, self.rank).reverse()),
    write: (tape, { self }, value) => permute(tape, value, dimsOf(null, self.rank).reverse()),
  },
  'aten::mT(Tensor(a) self) -> Tensor(a)': {
    read: (tape, { self }) => transpose(tape, self, -2, -1),
    write: (tape, _args, value) => transpose(tape, value, -2, -1),
  },
  'aten::permute(Tensor(a) self, int[] dims) -> Tensor(a)': {
    read: (tape, { self, dims }) => permute(tape, self, dimsOf(dims, self.rank)),
    write: (tape, { self, dims }, value) => permute(tape, value, inverse(dimsOf(dims, self.rank))),
  },
  'aten::movedim.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)': {
    read: (tape, { self, source, destination }) => permute(tape, self, moving(self, source, destination)),
    write: (tape, { self, source, destination }, value) =>
      permute(tape, value, inverse(moving(self, source, destination))),
  },
  'aten::movedim.int(Tensor(a) self, int source, int destination) -> Tensor(a)': {
    read: (tape, { self, source, destination }) => permute(tape, self, moving(self, [source], [destination])),
    write: (tape, { self, source, destination }, value) =>
      permute(tape, value, inverse(moving(self, [source], [destination]))),
  },
  'aten::expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a)': (
    tape,
    { self, size },
  ) => expand(tape, self, expandedSizes(self, size)),
  'aten::expand_as(Tensor(a) self, Tensor other) -> Tensor(a)': (tape, { self, other }) =>
    expand(tape, self, other.sizes),
  'aten::broadcast_to(Tensor(a) self, SymInt[] size) -> Tensor(a)': (tape, { self, size }) =>
    expand(tape, self, expandedSizes(self, size)),
  'aten::atleast_1d(Tensor self) -> Tensor': (tape, { self }) => padRank(tape, self, 1),
  'aten::atleast_2d(Tensor self) -> Tensor': (tape, { self }) => padRank(tape, self, 2),
});

/** A view of other sizes, which what is written to it is brought back from. */
function reshaping<Args extends { self: Tensor }>(
  sizesOf: (tape: Tape, args: Args) => readonly Size[],
): ViewEmitter<Args> {
  return {
    read: (tape, args) => reshape(tape, args.self, sizesOf(tape, args)),
    write: (tape, { self }, value) => reshape(tape, value, self.sizes),
  };
}

/** Which of the dimensions are 1; one whose size comes when the model runs is taken to be larger. */
function ones(self: Tensor, dims: readonly number[] | null): number[] {
  return dimsOf(dims, self.rank)
    .filter((dim) => self.sizes[dim] === 1)
    .sort((a, b) => a - b);
}

/** Sizes asked of expand: -1 keeps what is there. */
function expandedSizes(self: Tensor, asked: readonly Size[]): Size[] {
  const more = asked.length - self.rank;
  return asked.map((size, at) => (isSame(size, -1) ? self.size(at - more) : size));
}

function inverse(order: readonly number[]): number[] {
  return order.map((_, at) => order.indexOf(at));
}

function moving(self: Tensor, from: readonly number[], to: readonly number[]): number[] {
  const [sources, targets] = [dimsOf(from, self.rank), dimsOf(to, self.rank)];
  const rest = dimsOf(null, self.rank).filter((dim) => !sources.includes(dim));
  return dimsOf(null, self.rank).map((at) => sources[targets.indexOf(at)] ?? rest.shift() ?? at);
}
