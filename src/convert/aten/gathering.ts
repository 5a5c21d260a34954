import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { dimOf, expand, reshape, unsqueeze } from '../parts/rearrange';
import { productOf } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Elements at places that a tensor names. */
export default aten({
  'aten::gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor': (
    tape,
    { self, dim, index },
  ) =>
    self.rank === 0
      ? expand(tape, self, index.sizes)
      : tape.node('GatherElements', [self, index], { axis: dimOf(dim, self.rank) }, { sizes: index.sizes }),
  'aten::take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor': (
    tape,
    { self, indices, dim },
  ) => {
    if (dim === null) {
      const flat = [self, indices].map((one) => reshape(tape, one, [productOf(one.sizes)]));
      return tape.node('GatherElements', [flat[0] ?? self, flat[1] ?? indices], { axis: 0 });
    }
    return tape.node(
      'GatherElements',
      [self, indices],
      { axis: dimOf(dim, self.rank) },
      { sizes: indices.sizes },
    );
  },
  'aten::index_select(Tensor self, int dim, Tensor index) -> Tensor': (tape, { self, dim, index }) =>
    tape.node('Gather', [self, index.rank === 0 ? unsqueeze(tape, index, 0) : index], {
      axis: dimOf(dim, self.rank),
    }),
  'aten::take(Tensor self, Tensor index) -> Tensor': (tape, { self, index }) =>
    tape.node('Gather', [reshape(tape, self, [productOf(self.sizes)]), index], { axis: 0 }),
  'aten::embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor':
    (tape, { weight, indices }) => tape.node('Gather', [weight, indices], { axis: 0 }),
  'aten::masked_select(Tensor self, Tensor mask) -> Tensor': (tape, { self, mask }) => {
    const flat = [self, mask].map((one) =>
      reshape(tape, expand(tape, one, self.sizes), [productOf(self.sizes)]),
    );
    return tape.node('Compress', [flat[0] ?? self, flat[1] ?? mask], { axis: 0 });
  },
  'aten::nonzero(Tensor self) -> Tensor': (tape, { self }) => nonzero(tape, self),
  'aten::argwhere(Tensor self) -> Tensor': (tape, { self }) => nonzero(tape, self),
  'aten::one_hot(Tensor self, int num_classes=-1) -> Tensor': (tape, { self, num_classes }) => {
    if (num_classes < 0) throw new Gap('how many classes there are is known only when the model runs');
    return tape.node(
      'OneHot',
      [self, tape.constant('int64', [1], [num_classes]), [0, 1]],
      {},
      {
        sizes: [...self.sizes, num_classes],
        dtype: 'int64',
      },
    );
  },
  'aten::bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor':
    (tape, { self, boundaries, out_int32, right }) => places(tape, boundaries, self, right, out_int32),
  'aten::searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor':
    (tape, { sorted_sequence, self, out_int32, right, side }) => {
      const sequence =
        sorted_sequence.rank > 1
          ? unsqueeze(tape, sorted_sequence, sorted_sequence.rank - 1)
          : sorted_sequence;
      return places(tape, sequence, self, right || side === 'right', out_int32);
    },
});

/** Where numbers would go in a sorted sequence, behind those that equal them or before: how many come before each. */
function places(tape: Tape, sorted: Tensor, self: Tensor, isBehind: boolean, isNarrow: boolean): Tensor {
  const before = tape.node(isBehind ? 'LessOrEqual' : 'Less', [sorted, unsqueeze(tape, self, self.rank)]);
  const counts = tape.node(
    'ReduceSum',
    [tape.cast(before, 'int64'), [-1]],
    { keepdims: 0 },
    { sizes: self.sizes },
  );
  return isNarrow ? tape.cast(counts, 'int32') : counts;
}

/** The places of all elements that are not zero, a row for each. */
function nonzero(tape: Tape, self: Tensor): Tensor {
  return tape.node('Transpose', [tape.node('NonZero', [tape.cast(self, 'bool')])], { perm: [1, 0] });
}
