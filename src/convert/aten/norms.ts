import type { Dtype } from '../../core/dtype';
import { aten } from '../operators/aten';
import { Gap } from '../gap';
import { asFloat, promoted } from '../operators/promotion';
import type { Scalar } from '../tape/recorder';
import { reduce } from '../parts/reduce';
import { sum } from './reductions';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Lengths of vectors and distances between them. */
export default aten({
  'aten::norm.Scalar(Tensor self, Scalar p=2) -> Tensor': (tape, { self, p }) =>
    norm(tape, self, p, null, false, null),
  'aten::norm.ScalarOpt_dim(Tensor self, Scalar? p, int[1] dim, bool keepdim=False) -> Tensor': (
    tape,
    args,
  ) => norm(tape, args.self, args.p ?? 2, args.dim, args.keepdim, null),
  'aten::norm.ScalarOpt_dim_dtype(Tensor self, Scalar? p, int[1] dim, bool keepdim, *, ScalarType dtype) -> Tensor':
    (tape, args) => norm(tape, args.self, args.p ?? 2, args.dim, args.keepdim, args.dtype),
  'aten::norm.ScalarOpt_dtype(Tensor self, Scalar? p, *, ScalarType dtype) -> Tensor': (tape, args) =>
    norm(tape, args.self, args.p ?? 2, null, false, args.dtype),
  'aten::linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor':
    (tape, args) => norm(tape, args.self, args.ord, args.dim, args.keepdim, args.dtype),
  'aten::linalg_norm(Tensor self, Scalar? ord=None, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor':
    (tape, args) => {
      const isMatrix = args.ord !== null && (args.dim?.length ?? args.self.rank) > 1;
      if (isMatrix) throw new Gap('norms of matrices but the Frobenius norm');
      return norm(tape, args.self, args.ord ?? 2, args.dim, args.keepdim, args.dtype);
    },
  'aten::frobenius_norm.dim(Tensor self, int[1] dim, bool keepdim=False) -> Tensor': (
    tape,
    { self, dim, keepdim },
  ) => norm(tape, self, 2, dim, keepdim, null),
  'aten::dist(Tensor self, Tensor other, Scalar p=2) -> Tensor': (tape, { self, other, p }) =>
    norm(tape, tape.node('Sub', promoted(tape, [self, other])), p, null, false, null),
  'aten::pairwise_distance(Tensor x1, Tensor x2, float p=2, float eps=1e-06, bool keepdim=False) -> Tensor': (
    tape,
    args,
  ) => {
    const apart = tape.node('Add', [tape.node('Sub', promoted(tape, [args.x1, args.x2])), args.eps]);
    return norm(tape, apart, args.p, [-1], args.keepdim, null);
  },
  'aten::cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor': (
    tape,
    { x1, x2, dim, eps },
  ) => {
    const [a, b] = promoted(tape, [x1, x2]);
    const lengths = [a, b].map((one) => tape.node('Max', [norm(tape, one, 2, [dim], true, null), eps]));
    const [left, right] = [a, b].map((one, at) => tape.node('Div', [one, lengths[at] ?? one]));
    return sum(tape, tape.node('Mul', [left ?? a, right ?? b]), [dim], false, null);
  },
});

/** The p-norm: sums of absolute values to the p, or the largest, the smallest, how many are not 0. */
export function norm(
  tape: Tape,
  self: Tensor,
  p: Scalar,
  dims: readonly number[] | null,
  isKept: boolean,
  dtype: Dtype | null,
): Tensor {
  const numbers = dtype === null ? asFloat(tape, self) : tape.cast(self, dtype);
  const order = Number(p);
  if (order === 2) return reduce(tape, 'ReduceL2', numbers, dims, isKept);
  if (order === 1) return reduce(tape, 'ReduceL1', numbers, dims, isKept);
  const sizes = tape.node('Abs', [numbers]);
  if (order === Infinity) return reduce(tape, 'ReduceMax', sizes, dims, isKept);
  if (order === -Infinity) return reduce(tape, 'ReduceMin', sizes, dims, isKept);
  if (order === 0) {
    // Everything counts that is not 0, NaN too.
    const counted = tape.cast(tape.node('Not', [tape.node('Equal', [sizes, 0])]), sizes.dtype);
    return reduce(tape, 'ReduceSum', counted, dims, isKept);
  }
  const powers = reduce(tape, 'ReduceSum', tape.node('Pow', [sizes, order]), dims, isKept);
  return tape.node('Pow', [powers, 1 / order]);
}
