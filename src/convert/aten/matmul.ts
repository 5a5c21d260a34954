import { aten } from '../operators/aten';
import { isFloat, promoted } from '../operators/promotion';
import { arithmetic, scaled } from '../parts/arithmetic';
import { unsqueeze } from '../parts/rearrange';
import type { Scalar } from '../tape/recorder';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Products of matrices, vectors and stacks of matrices. */
export default aten({
  'aten::matmul(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) =>
    tape.node('MatMul', [self, other]),
  'aten::mm(Tensor self, Tensor mat2) -> Tensor': (tape, { self, mat2 }) => tape.node('MatMul', [self, mat2]),
  'aten::bmm(Tensor self, Tensor mat2) -> Tensor': (tape, { self, mat2 }) =>
    tape.node('MatMul', [self, mat2]),
  'aten::mv(Tensor self, Tensor vec) -> Tensor': (tape, { self, vec }) => tape.node('MatMul', [self, vec]),
  'aten::dot(Tensor self, Tensor tensor) -> Tensor': (tape, { self, tensor }) =>
    tape.node('MatMul', [self, tensor]),
  'aten::vdot(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) =>
    tape.node('MatMul', [self, other]),
  'aten::inner(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) => {
    if (self.rank === 0 || other.rank === 0) return tape.node('Mul', promoted(tape, [self, other]));
    const letters = 'abcdefghijkl';
    const [left, right] = [
      letters.slice(0, self.rank - 1),
      letters.slice(self.rank - 1, self.rank + other.rank - 2),
    ];
    return tape.node('Einsum', [self, other], { equation: `${left}z,${right}z->${left}${right}` });
  },
  'aten::outer(Tensor self, Tensor vec2) -> Tensor': (tape, { self, vec2 }) => {
    const [a, b] = promoted(tape, [self, vec2]);
    return tape.node('Mul', [unsqueeze(tape, a, 1), unsqueeze(tape, b, 0)]);
  },
  'aten::addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor': (
    tape,
    args,
  ) => {
    if (!isFloat(args.self.dtype))
      return sumOf(tape, args.self, tape.node('MatMul', [args.mat1, args.mat2]), args);
    const [beta, alpha] = [Number(args.beta), Number(args.alpha)];
    const attributes = {
      ...(beta !== 1 && { beta: { float: beta } }),
      ...(alpha !== 1 && { alpha: { float: alpha } }),
    };
    return tape.node('Gemm', [args.mat1, args.mat2, args.self], attributes);
  },
  'aten::addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor': (
    tape,
    args,
  ) => sumOf(tape, args.self, tape.node('MatMul', [args.mat, args.vec]), args),
  'aten::addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor': (
    tape,
    args,
  ) => sumOf(tape, args.self, tape.node('Mul', [unsqueeze(tape, args.vec1, 1), args.vec2]), args),
  'aten::baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor': (
    tape,
    args,
  ) => sumOf(tape, args.self, tape.node('MatMul', [args.batch1, args.batch2]), args),
  'aten::addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor': (
    tape,
    args,
  ) => {
    const products = tape.node('MatMul', [args.batch1, args.batch2]);
    return sumOf(tape, args.self, tape.node('ReduceSum', [products, [0]], { keepdims: 0 }), args);
  },
  'aten::chain_matmul(Tensor[] matrices) -> Tensor': (tape, { matrices }) => chained(tape, matrices),
  'aten::linalg_multi_dot(Tensor[] tensors) -> Tensor': (tape, { tensors }) => chained(tape, tensors),
  'aten::cross(Tensor self, Tensor other, int? dim=None) -> Tensor': (tape, { self, other, dim }) =>
    cross(tape, self, other, dim ?? self.sizes.indexOf(3)),
  'aten::linalg_cross(Tensor self, Tensor other, *, int dim=-1) -> Tensor': (tape, { self, other, dim }) =>
    cross(tape, self, other, dim),
  'aten::tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other) -> Tensor': (tape, args) => {
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    const left = args.self.sizes.map((_, at) => letters[at] ?? '');
    const right = args.other.sizes.map((_, at) => {
      const pair = args.dims_other.map((dim) => (dim < 0 ? dim + args.other.rank : dim)).indexOf(at);
      const dim = args.dims_self[pair];
      return dim === undefined ? (letters[at + args.self.rank] ?? '') : (left.at(dim) ?? '');
    });
    const kept = [
      ...left.filter((letter) => !right.includes(letter)),
      ...right.filter((letter) => !left.includes(letter)),
    ];
    return tape.node('Einsum', [args.self, args.other], {
      equation: `${left.join('')},${right.join('')}->${kept.join('')}`,
    });
  },
});

/** beta · a + alpha · b. */
function sumOf(tape: Tape, a: Tensor, b: Tensor, { alpha, beta }: { alpha: Scalar; beta: Scalar }): Tensor {
  const product = scaled(tape, b, alpha);
  return Number(beta) === 0 ? product : arithmetic(tape, 'Add', scaled(tape, a, beta), product);
}

function chained(tape: Tape, matrices: readonly Tensor[]): Tensor {
  return matrices.reduce((product, next) => tape.node('MatMul', [product, next]));
}

function cross(tape: Tape, self: Tensor, other: Tensor, dim: number): Tensor {
  const [a, b] = promoted(tape, [self, other]);
  const axis = dim < 0 ? dim + a.rank : dim;
  const turned = (tensor: Tensor, order: readonly number[]) => tape.node('Gather', [tensor, order], { axis });
  const [one, two] = [
    [1, 2, 0],
    [2, 0, 1],
  ] as const;
  const left = tape.node('Mul', [turned(a, one), turned(b, two)]);
  return tape.node('Sub', [left, tape.node('Mul', [turned(a, two), turned(b, one)])]);
}
