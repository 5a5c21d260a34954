import { aten } from '../operators/aten';
import { dimOf, expand, reshape, slice, squeeze } from '../parts/rearrange';
import type { Size } from '../tape/size';
import { floorDivide, minus, productOf } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { vectorOf } from '../tape/vector';

/** Which element is the largest or the smallest, and the order of all. */
export default aten({
  'aten::argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor': (tape, { self, dim, keepdim }) =>
    place(tape, 'ArgMax', self, dim, keepdim),
  'aten::argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor': (tape, { self, dim, keepdim }) =>
    place(tape, 'ArgMin', self, dim, keepdim),
  'aten::max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)': (
    tape,
    { self, dim, keepdim },
  ) => outermost(tape, self, dim, keepdim, true),
  'aten::min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)': (
    tape,
    { self, dim, keepdim },
  ) => outermost(tape, self, dim, keepdim, false),
  'aten::max.other(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) =>
    tape.node('Max', [self, other]),
  'aten::min.other(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) =>
    tape.node('Min', [self, other]),
  'aten::topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)':
    (tape, { self, k, dim, largest }) => ranked(tape, self, k, dim, largest),
  'aten::sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)': (
    tape,
    { self, dim, descending },
  ) => ranked(tape, self, self.rank === 0 ? 1 : self.size(dim), dim, descending),
  'aten::sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)':
    (tape, { self, dim, descending }) => ranked(tape, self, self.size(dim), dim, descending),
  'aten::argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor': (
    tape,
    { self, dim, descending },
  ) => ranked(tape, self, self.size(dim), dim, descending)[1] ?? self,
  'aten::msort(Tensor self) -> Tensor': (tape, { self }) =>
    ranked(tape, self, self.size(0), 0, false)[0] ?? self,
  'aten::kthvalue(Tensor self, int k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)': (
    tape,
    { self, k, dim, keepdim },
  ) => {
    const axis = dimOf(dim, self.rank);
    return ranked(tape, self, k, dim, false).map((found) => {
      const last = slice(tape, found, axis, [k - 1, k, 1], 1);
      return keepdim ? last : squeeze(tape, last, axis);
    });
  },
  'aten::median(Tensor self) -> Tensor': (tape, { self }) => {
    const flat = reshape(tape, self, [productOf(self.sizes)]);
    return middle(tape, flat, 0, false)[0] ?? self;
  },
  'aten::median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)': (
    tape,
    { self, dim, keepdim },
  ) => middle(tape, self, dim, keepdim),
});

function place(tape: Tape, op: string, self: Tensor, dim: number | null, isKept: boolean): Tensor {
  const numbers = ordered(tape, self);
  if (dim !== null) {
    const axis = dimOf(dim, self.rank);
    return tape.node(op, [numbers], { axis, keepdims: isKept ? 1 : 0 });
  }
  const found = tape.node(
    op,
    [tape.node('Reshape', [numbers, [-1]])],
    { axis: 0, keepdims: 0 },
    { sizes: [] },
  );
  return isKept
    ? expand(
        tape,
        found,
        self.sizes.map(() => 1),
      )
    : found;
}

function outermost(tape: Tape, self: Tensor, dim: number, isKept: boolean, isLargest: boolean): Tensor[] {
  const axis = dimOf(dim, self.rank);
  const index = place(tape, isLargest ? 'ArgMax' : 'ArgMin', self, dim, true);
  const value = tape.node('GatherElements', [self, index], { axis });
  return isKept ? [value, index] : [squeeze(tape, value, axis), squeeze(tape, index, axis)];
}

/** The first of all elements in order, with where they were. */
function ranked(tape: Tape, self: Tensor, count: Size, dim: number, isLargest: boolean): Tensor[] {
  if (self.rank === 0) return [self.copy(), tape.constant('int64', [], [0])];
  const axis = dimOf(dim, self.rank);
  const sizes = self.sizes.with(axis, count);
  const [values, indices] = tape.nodes(
    'TopK',
    [ordered(tape, self), [count]],
    { axis, largest: isLargest ? 1 : 0, sorted: 1 },
    [{ sizes }, { sizes }],
  );
  return values && indices ? [tape.cast(values, self.dtype), indices] : [];
}

/** The lower of the two middle ones where there are two. */
function middle(tape: Tape, self: Tensor, dim: number, isKept: boolean): Tensor[] {
  const axis = dimOf(dim, self.rank);
  const size = self.size(axis);
  const at = vectorOf(tape, [floorDivide(minus(size, 1), 2)]);
  return ranked(tape, self, size, dim, false).map((found) => {
    const one = tape.node('Gather', [found, at], { axis });
    return isKept ? one : squeeze(tape, one, axis);
  });
}

/** ONNX Runtime orders no truth values and not all narrow numbers. */
function ordered(tape: Tape, self: Tensor): Tensor {
  return ['bool', 'uint8', 'int8', 'int16'].includes(self.dtype) ? tape.cast(self, 'int32') : self;
}
