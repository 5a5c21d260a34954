import type { Dtype } from '../../core/dtype';
import { aten } from '../operators/aten';
import { Gap } from '../gap';
import { isFloat } from '../operators/promotion';
import { dimOf, reshape, slice, squeeze, unsqueeze } from '../parts/rearrange';
import { reduce } from '../parts/reduce';
import { joined } from '../parts/join';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** What has come together up to each place of a dimension. */
export default aten({
  'aten::cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor': (tape, { self, dim, dtype }) => {
    const numbers = tape.cast(self, dtypeOf(self, dtype));
    if (self.rank === 0) return numbers.copy();
    return tape.node('CumSum', [numbers, tape.constant('int64', [], [dimOf(dim, self.rank)])]);
  },
  'aten::cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor': (tape, { self, dim, dtype }) =>
    stepwise(tape, tape.cast(self, dtypeOf(self, dtype)), dim, 'Mul'),
  'aten::logcumsumexp(Tensor self, int dim) -> Tensor': (tape, { self, dim }) => {
    const axis = dimOf(dim, self.rank);
    const top = reduce(tape, 'ReduceMax', self, [axis], true);
    const powers = tape.node('Exp', [tape.node('Sub', [self, top])]);
    const sums = tape.node('CumSum', [powers, tape.constant('int64', [], [axis])]);
    return tape.node('Add', [tape.node('Log', [sums]), top]);
  },
  'aten::cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)': (tape, { self, dim }) =>
    outermost(tape, self, dim, true),
  'aten::cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)': (tape, { self, dim }) =>
    outermost(tape, self, dim, false),
  'aten::diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor': (
    tape,
    args,
  ) => {
    const axis = dimOf(args.dim, args.self.rank);
    let whole = joined(
      tape,
      [args.prepend, args.self, args.append].filter((part) => part !== null),
      axis,
    );
    for (let round = 0; round < args.n; round++) {
      const after = slice(tape, whole, axis, [1, 2 ** 63, 1]);
      whole = tape.node('Sub', [after, slice(tape, whole, axis, [0, -1, 1], after.size(axis))]);
    }
    return whole;
  },
});

function dtypeOf(self: Tensor, dtype: Dtype | null): Dtype {
  return dtype ?? (isFloat(self.dtype) ? self.dtype : 'int64');
}

/** One node a place: ONNX has cumulative sums only. */
function stepwise(tape: Tape, self: Tensor, dim: number, op: string): Tensor {
  if (self.rank === 0) return self.copy();
  const axis = dimOf(dim, self.rank);
  const size = self.size(axis);
  if (typeof size !== 'number') throw new Gap('a running product needs a known size');
  const places = Array.from({ length: size }, (_, at) => slice(tape, self, axis, [at, at + 1, 1], 1));
  const running = places.reduce<Tensor[]>((done, next) => {
    const last = done.at(-1);
    return [...done, last ? tape.node(op, [last, next]) : next];
  }, []);
  return joined(tape, running, axis);
}

/**
 * The largest or smallest up to each place and where it was, the last of equal ones: all places in one more dimension,
 * those that come later left out.
 */
function outermost(tape: Tape, self: Tensor, dim: number, isLargest: boolean): Tensor[] {
  const axis = dimOf(dim, self.rank);
  const size = self.size(axis);
  if (typeof size !== 'number') throw new Gap('a running extreme needs a known size');
  const rows = Array.from({ length: size * size }, (_, at) => Math.floor(at / size) >= at % size);
  const after = self.rank - axis - 1;
  const seen = reshape(tape, tape.constant('bool', [size, size], rows), [
    size,
    size,
    ...new Array<number>(after).fill(1),
  ]);
  const worst = tape.constant(self.dtype, [], [isLargest ? -Infinity : Infinity]);
  if (!isFloat(self.dtype)) throw new Gap('a running extreme of whole numbers');
  const spread = tape.node('Where', [seen, unsqueeze(tape, self, axis), worst]);
  const index = tape.node(isLargest ? 'ArgMax' : 'ArgMin', [spread], {
    axis: axis + 1,
    select_last_index: 1,
  });
  const values = tape.node('GatherElements', [spread, index], { axis: axis + 1 });
  return [squeeze(tape, values, axis + 1), squeeze(tape, index, axis + 1)];
}
