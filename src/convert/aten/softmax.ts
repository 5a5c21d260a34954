import type { Dtype } from '../../core/dtype';
import { aten } from '../operators/aten';
import { asFloat } from '../operators/promotion';
import { dimOf, reshape } from '../parts/rearrange';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Exponentials that sum to 1 along a dimension, their logarithms, and the same of what is smallest. */
export default aten({
  'aten::softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor': (tape, { self, dim, dtype }) =>
    along(tape, 'Softmax', self, dim, dtype),
  'aten::_softmax(Tensor self, int dim, bool half_to_float) -> Tensor': (tape, { self, dim }) =>
    along(tape, 'Softmax', self, dim, null),
  'aten::log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor': (
    tape,
    { self, dim, dtype },
  ) => along(tape, 'LogSoftmax', self, dim, dtype),
  'aten::_log_softmax(Tensor self, int dim, bool half_to_float) -> Tensor': (tape, { self, dim }) =>
    along(tape, 'LogSoftmax', self, dim, null),
});

/** Softmax or its logarithm along one dimension; a number alone is all there is. */
function along(tape: Tape, op: string, self: Tensor, dim: number, dtype: Dtype | null): Tensor {
  const numbers = dtype === null ? asFloat(tape, self) : tape.cast(self, dtype);
  const axis = dimOf(dim, self.rank);
  if (self.rank > 0) return tape.node(op, [numbers], { axis });
  return reshape(tape, tape.node(op, [reshape(tape, numbers, [1])], { axis }), []);
}
