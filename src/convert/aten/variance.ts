import { aten } from '../operators/aten';
import { variance } from '../parts/reduce';
import type { Scalar } from '../tape/recorder';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** How far elements lie from their mean. */
export default aten({
  'aten::var(Tensor self, bool unbiased=True) -> Tensor': (tape, { self, unbiased }) =>
    spread(tape, self, null, Number(unbiased), false).variance,
  'aten::var.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor': (tape, args) =>
    spread(tape, args.self, args.dim, Number(args.unbiased), args.keepdim).variance,
  'aten::var.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor':
    (tape, args) => spread(tape, args.self, args.dim, args.correction, args.keepdim).variance,
  'aten::std(Tensor self, bool unbiased=True) -> Tensor': (tape, { self, unbiased }) =>
    root(tape, spread(tape, self, null, Number(unbiased), false)),
  'aten::std.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor': (tape, args) =>
    root(tape, spread(tape, args.self, args.dim, Number(args.unbiased), args.keepdim)),
  'aten::std.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor':
    (tape, args) => root(tape, spread(tape, args.self, args.dim, args.correction, args.keepdim)),
  'aten::var_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)': (tape, { self, unbiased }) => {
    const found = spread(tape, self, null, Number(unbiased), false);
    return [found.variance, found.mean];
  },
  'aten::var_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)':
    (tape, args) => {
      const found = spread(tape, args.self, args.dim, Number(args.unbiased), args.keepdim);
      return [found.variance, found.mean];
    },
  'aten::var_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)':
    (tape, args) => {
      const found = spread(tape, args.self, args.dim, args.correction, args.keepdim);
      return [found.variance, found.mean];
    },
  'aten::std_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)': (tape, { self, unbiased }) => {
    const found = spread(tape, self, null, Number(unbiased), false);
    return [root(tape, found), found.mean];
  },
  'aten::std_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)':
    (tape, args) => {
      const found = spread(tape, args.self, args.dim, args.correction, args.keepdim);
      return [root(tape, found), found.mean];
    },
});

type Spread = ReturnType<typeof variance>;

function spread(
  tape: Tape,
  self: Tensor,
  dims: readonly number[] | null,
  correction: Scalar | null,
  isKept: boolean,
): Spread {
  return variance(tape, self, dims, Number(correction ?? 1), isKept);
}

function root(tape: Tape, found: Spread): Tensor {
  return tape.node('Sqrt', [found.variance]);
}
