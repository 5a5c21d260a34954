import { aten } from '../operators/aten';
import { scaled } from '../parts/arithmetic';
import { filled } from '../tape/filled';
import { Gap } from '../gap';
import { isFloat } from '../operators/promotion';
import { dimOf } from '../parts/rearrange';
import { scatterElements, scatterRows, type Reduction } from '../parts/scatter';
import { floorQuotient } from './division';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Elements put at places that a tensor names; those that meet are added up or reduced otherwise. */
export default aten({
  'aten::scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor': (
    tape,
    { self, dim, index, src },
  ) => scatterElements(tape, self, dim, index, src, 'none'),
  'aten::scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor': (
    tape,
    { self, dim, index, value },
  ) => scatterElements(tape, self, dim, index, filled(tape, index.sizes, value, self.dtype), 'none'),
  'aten::scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor': (
    tape,
    args,
  ) =>
    scatterElements(tape, args.self, args.dim, args.index, args.src, args.reduce === 'add' ? 'add' : 'mul'),
  'aten::scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor': (
    tape,
    args,
  ) => {
    const source = filled(tape, args.index.sizes, args.value, args.self.dtype);
    return scatterElements(
      tape,
      args.self,
      args.dim,
      args.index,
      source,
      args.reduce === 'add' ? 'add' : 'mul',
    );
  },
  'aten::scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor': (
    tape,
    { self, dim, index, src },
  ) => scatterElements(tape, self, dim, index, src, 'add'),
  'aten::scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor':
    (tape, args) =>
      reduced(tape, args.self, args.reduce, args.include_self, (base, source, reduction) =>
        scatterElements(tape, base, args.dim, args.index, source ?? args.src, reduction),
      ),
  'aten::index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor': (
    tape,
    { self, dim, index, source, alpha },
  ) => scatterRows(tape, self, dim, index, scaled(tape, source, alpha), 'add'),
  'aten::index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor': (
    tape,
    { self, dim, index, source },
  ) => scatterRows(tape, self, dim, index, source, 'none'),
  'aten::index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor': (
    tape,
    { self, dim, index, value },
  ) => scatterRows(tape, self, dim, index, tape.scalar(value, self.dtype), 'none'),
  'aten::index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor':
    (tape, args) =>
      reduced(tape, args.self, args.reduce, args.include_self, (base, source, reduction) =>
        scatterRows(tape, base, dimOf(args.dim, base.rank), args.index, source ?? args.source, reduction),
      ),
});

const reductions = new Map<string, Reduction>([
  ['sum', 'add'],
  ['mean', 'add'],
  ['prod', 'mul'],
  ['amax', 'max'],
  ['amin', 'min'],
]);

type Put = (base: Tensor, source: Tensor | null, reduction: Reduction) => Tensor;

/**
 * Reduces with `put`, which scatters a source, its own for `null`. Where what was there does not count, places that
 * are written to begin with what changes nothing.
 */
function reduced(tape: Tape, self: Tensor, way: string, isIncluded: boolean, put: Put): Tensor {
  const reduction = reductions.get(way);
  if (reduction === undefined) throw new Gap(`a reduction called ${way}`);
  const start = isIncluded
    ? self
    : put(self, tape.constant(self.dtype, [], [neutral(self, reduction)]), 'none');
  const result = put(start, null, reduction);
  if (way !== 'mean') return result;
  const ones = tape.constant(self.dtype, [], [1]);
  const counted = put(filled(tape, self.sizes, isIncluded ? 1n : 0n, self.dtype), ones, 'add');
  const counts = tape.node('Max', [counted, 1]);
  return isFloat(self.dtype) ? tape.node('Div', [result, counts]) : floorQuotient(tape, result, counts);
}

function neutral(self: Tensor, reduction: Reduction): number {
  if (reduction === 'add') return 0;
  if (reduction === 'mul') return 1;
  const low = isFloat(self.dtype) ? Infinity : 2 ** 31;
  return reduction === 'max' ? -low : low;
}
