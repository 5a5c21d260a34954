import type { Dtype } from '../../core/dtype';
import { aten } from '../operators/aten';
import { asFloat, isFloat } from '../operators/promotion';
import { dimsOf, reshape } from '../parts/rearrange';
import { reduce } from '../parts/reduce';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Sums, means, products and the largest of many elements. */
export default aten({
  'aten::sum(Tensor self, *, ScalarType? dtype=None) -> Tensor': (tape, { self, dtype }) =>
    sum(tape, self, null, false, dtype),
  'aten::sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor':
    (tape, { self, dim, keepdim, dtype }) => sum(tape, self, dim, keepdim, dtype),
  'aten::sum_to_size(Tensor self, SymInt[] size) -> Tensor': (tape, { self, size }) => {
    const more = self.rank - size.length;
    const dims = self.sizes.flatMap((one, at) =>
      at < more || (size[at - more] === 1 && one !== 1) ? [at] : [],
    );
    return dims.length === 0 ? self.copy() : reshape(tape, sum(tape, self, dims, true, null), size);
  },
  'aten::nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor': (
    tape,
    { self, dim, keepdim, dtype },
  ) => {
    const zero = tape.constant(self.dtype, [], [0]);
    const numbers = tape.node('Where', [tape.node('IsNaN', [self]), zero, self]);
    return sum(tape, numbers, dim, keepdim, dtype);
  },
  'aten::mean(Tensor self, *, ScalarType? dtype=None) -> Tensor': (tape, { self, dtype }) =>
    reduce(tape, 'ReduceMean', tape.cast(self, dtype ?? self.dtype), null, false),
  'aten::mean.dim(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor': (
    tape,
    { self, dim, keepdim, dtype },
  ) => reduce(tape, 'ReduceMean', tape.cast(self, dtype ?? self.dtype), dim, keepdim),
  'aten::prod(Tensor self, *, ScalarType? dtype=None) -> Tensor': (tape, { self, dtype }) =>
    reduce(tape, 'ReduceProd', whole(tape, self, dtype), null, false),
  'aten::prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor': (
    tape,
    { self, dim, keepdim, dtype },
  ) => reduce(tape, 'ReduceProd', whole(tape, self, dtype), [dim], keepdim),
  'aten::amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor': (tape, { self, dim, keepdim }) =>
    extreme(tape, 'ReduceMax', self, dim, keepdim),
  'aten::amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor': (tape, { self, dim, keepdim }) =>
    extreme(tape, 'ReduceMin', self, dim, keepdim),
  'aten::aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor, Tensor)': (
    tape,
    { self, dim, keepdim },
  ) => {
    const dims = dim === null ? null : [dim];
    return [extreme(tape, 'ReduceMin', self, dims, keepdim), extreme(tape, 'ReduceMax', self, dims, keepdim)];
  },
  'aten::max(Tensor self) -> Tensor': (tape, { self }) => extreme(tape, 'ReduceMax', self, null, false),
  'aten::min(Tensor self) -> Tensor': (tape, { self }) => extreme(tape, 'ReduceMin', self, null, false),
  'aten::logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor': (tape, { self, dim, keepdim }) =>
    reduce(tape, 'ReduceLogSumExp', asFloat(tape, self), dim, keepdim),
  'aten::all(Tensor self) -> Tensor': (tape, { self }) => truth(tape, 'ReduceMin', self, null, false),
  'aten::all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor': (tape, { self, dim, keepdim }) =>
    truth(tape, 'ReduceMin', self, [dim], keepdim),
  'aten::any(Tensor self) -> Tensor': (tape, { self }) => truth(tape, 'ReduceMax', self, null, false),
  'aten::any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor': (tape, { self, dim, keepdim }) =>
    truth(tape, 'ReduceMax', self, [dim], keepdim),
  'aten::count_nonzero(Tensor self, int? dim=None) -> Tensor': (tape, { self, dim }) =>
    sum(tape, tape.cast(self, 'bool'), dim === null ? null : [dim], false, 'int64'),
  'aten::count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor': (tape, { self, dim }) =>
    sum(tape, tape.cast(self, 'bool'), dim, false, 'int64'),
});

/** Whole numbers and truth values are added up as int64. */
export function sum(
  tape: Tape,
  self: Tensor,
  dims: readonly number[] | null,
  isKept: boolean,
  dtype: Dtype | null,
): Tensor {
  return reduce(tape, 'ReduceSum', whole(tape, self, dtype), dims, isKept);
}

function whole(tape: Tape, self: Tensor, dtype: Dtype | null): Tensor {
  return tape.cast(self, dtype ?? (isFloat(self.dtype) ? self.dtype : 'int64'));
}

function extreme(
  tape: Tape,
  op: string,
  self: Tensor,
  dims: readonly number[] | null,
  isKept: boolean,
): Tensor {
  if (self.dtype !== 'bool') return reduce(tape, op, self, dims, isKept);
  return tape.cast(reduce(tape, op, tape.cast(self, 'int32'), dims, isKept), 'bool');
}

/** Whether all or some elements are not 0; bytes stay bytes, as torch has it. */
function truth(
  tape: Tape,
  op: string,
  self: Tensor,
  dims: readonly number[] | null,
  isKept: boolean,
): Tensor {
  const bits = tape.cast(tape.cast(self, 'bool'), 'int32');
  const found = reduce(tape, op, bits, dimsOf(dims, self.rank), isKept);
  return tape.cast(found, self.dtype === 'uint8' ? 'uint8' : 'bool');
}
