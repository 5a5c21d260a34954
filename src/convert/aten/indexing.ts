import { aten } from '../operators/aten';
import { gathered, scatteredAt } from '../parts/indexing';

/** `x[i, j]` with tensors for indices, and writing there. */
export default aten({
  'aten::index.Tensor(Tensor self, Tensor?[] indices) -> Tensor': (tape, { self, indices }) =>
    indices.every((index) => index === null) ? self.copy() : gathered(tape, self, indices),
  'aten::index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor': (
    tape,
    args,
  ) => scatteredAt(tape, args.self, args.indices, args.values, args.accumulate),
  'aten::_index_put_impl(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False, bool unsafe=False) -> Tensor':
    (tape, args) => scatteredAt(tape, args.self, args.indices, args.values, args.accumulate),
});
