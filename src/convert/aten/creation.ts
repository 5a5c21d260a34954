import type { Dtype } from '../../core/dtype';
import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { isFloat } from '../operators/promotion';
import { filled } from '../tape/filled';
import type { Scalar } from '../tape/recorder';
import { defaultDtype, dtypeOfScalar } from '../tape/scalars';
import { SymInt, type Size } from '../tape/size';
import { ceilDivide, minus } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Tensors made of nothing: filled with one number, or counting. */
export default aten({
  'aten::zeros(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (tape, { size, dtype }) => filled(tape, size, 0n, dtype ?? defaultDtype),
  'aten::ones(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (tape, { size, dtype }) => filled(tape, size, 1n, dtype ?? defaultDtype),
  'aten::empty.memory_format(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor':
    (tape, { size, dtype }) => filled(tape, size, 0n, dtype ?? defaultDtype),
  'aten::full(SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (tape, { size, fill_value, dtype }) => filled(tape, size, fill_value, dtype ?? dtypeOfScalar(fill_value)),
  'aten::zeros_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor':
    (tape, { self, dtype }) => filled(tape, self.sizes, 0n, dtype ?? self.dtype),
  'aten::ones_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor':
    (tape, { self, dtype }) => filled(tape, self.sizes, 1n, dtype ?? self.dtype),
  'aten::empty_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor':
    (tape, { self, dtype }) => filled(tape, self.sizes, 0n, dtype ?? self.dtype),
  'aten::full_like(Tensor self, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor':
    (tape, { self, fill_value, dtype }) => filled(tape, self.sizes, fill_value, dtype ?? self.dtype),
  'aten::new_zeros(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (tape, { self, size, dtype }) => filled(tape, size, 0n, dtype ?? self.dtype),
  'aten::new_ones(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (tape, { self, size, dtype }) => filled(tape, size, 1n, dtype ?? self.dtype),
  'aten::new_empty(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (tape, { self, size, dtype }) => filled(tape, size, 0n, dtype ?? self.dtype),
  'aten::new_full(Tensor self, SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (tape, { self, size, fill_value, dtype }) => filled(tape, size, fill_value, dtype ?? self.dtype),
  'aten::fill.Scalar(Tensor self, Scalar value) -> Tensor': (tape, { self, value }) =>
    filled(tape, self.sizes, value, self.dtype),
  'aten::fill.Tensor(Tensor self, Tensor value) -> Tensor': (tape, { self, value }) =>
    tape.node('Expand', [tape.cast(value, self.dtype), self.sizes], {}, { sizes: self.sizes }),
  'aten::zero(Tensor self) -> Tensor': (tape, { self }) => filled(tape, self.sizes, 0n, self.dtype),
  'aten::scalar_tensor(Scalar s, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (tape, { s, dtype }) => tape.scalar(s, dtype ?? defaultDtype),
  'aten::arange(Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (tape, { end, dtype }) => counting(tape, 0n, end, 1n, dtype),
  'aten::arange.start(Scalar start, Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (tape, { start, end, dtype }) => counting(tape, start, end, 1n, dtype),
  'aten::arange.start_step(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (tape, { start, end, step, dtype }) => counting(tape, start, end, step, dtype),
  'aten::linspace(Scalar start, Scalar end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (tape, { start, end, steps, dtype }) =>
      tape.constant(dtype ?? defaultDtype, [steps], spaced(start, end, steps)),
  'aten::logspace(Scalar start, Scalar end, int steps, float base=10.0, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (tape, { start, end, steps, base, dtype }) =>
      tape.constant(
        dtype ?? defaultDtype,
        [steps],
        spaced(start, end, steps).map((power) => base ** power),
      ),
  'aten::eye(SymInt n, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (tape, { n, dtype }) => identity(tape, n, n, dtype),
  'aten::eye.m(SymInt n, SymInt m, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (tape, { n, m, dtype }) => identity(tape, n, m, dtype),
});

/** Whole numbers count as int64 unless one of the three is a fraction. */
function counting(tape: Tape, start: Scalar, end: Scalar, step: Scalar, dtype: Dtype | null): Tensor {
  const isWhole = [start, end, step].every((one) => !isFloat(dtypeOfScalar(one)));
  const kind = dtype ?? (isWhole ? 'int64' : defaultDtype);
  const [from, to, by] = [start, end, step].map(sizeOf);
  if ([from, to, by].some((one) => Number.isInteger(one) && !Number.isSafeInteger(one)))
    throw new Gap('counting in whole numbers beyond 2⁵³');
  const isCounted = [from, to, by].every((one) => typeof one === 'object' || Number.isInteger(one));
  if (!isCounted && [from, to, by].some((one) => typeof one === 'object'))
    throw new Gap('counting in fractions to a size known only when the model runs');
  if (!isCounted) return fractions(tape, Number(start), Number(end), Number(step), kind);
  if (typeof by !== 'number' || from === undefined || to === undefined)
    throw new Gap('counting in steps known only when the model runs');
  const length = by > 0 ? ceilDivide(minus(to, from), by) : ceilDivide(minus(from, to), -by);
  if (typeof length === 'number' && typeof from === 'number') {
    const count = Math.max(0, length);
    return tape.constant(
      kind,
      [count],
      Array.from({ length: count }, (_, at) => from + at * by),
    );
  }
  const bounds = [from, to, by].map((one) => tape.scalar(scalarOf(one), 'int64'));
  return tape.cast(tape.node('Range', bounds, {}, { sizes: [length] }), kind);
}

function fractions(tape: Tape, start: number, end: number, step: number, dtype: Dtype): Tensor {
  const count = Math.max(0, Math.ceil((end - start) / step));
  return tape.constant(
    dtype,
    [count],
    Array.from({ length: count }, (_, at) => start + at * step),
  );
}

function sizeOf(value: Scalar): Size {
  return value instanceof SymInt ? value : Number(value);
}

function spaced(start: Scalar, end: Scalar, steps: number): number[] {
  const [from, to] = [Number(start), Number(end)];
  return Array.from({ length: steps }, (_, at) =>
    steps === 1 ? from : from + ((to - from) * at) / (steps - 1),
  );
}

function identity(tape: Tape, rows: Size, columns: Size, dtype: Dtype | null): Tensor {
  const kind = dtype ?? defaultDtype;
  const down = tape.node('Unsqueeze', [counting(tape, 0n, scalarOf(rows), 1n, 'int64'), [1]]);
  const same = tape.node('Equal', [down, counting(tape, 0n, scalarOf(columns), 1n, 'int64')]);
  return tape.cast(same, kind);
}

function scalarOf(size: Size): Scalar {
  return typeof size === 'number' ? BigInt(size) : size;
}
