import { aten } from '../operators/aten';
import { arithmetic } from '../parts/arithmetic';
import { isFloat, promoted, resultType } from '../operators/promotion';
import type { Scalar } from '../tape/recorder';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Numbers kept between bounds, and the larger or smaller of two. */
export default aten({
  'aten::clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor': (tape, { self, min, max }) =>
    between(tape, self, min, max),
  'aten::clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor': (
    tape,
    { self, min, max },
  ) => {
    const dtype = resultType([self, ...[min, max].filter((bound) => bound !== null)]);
    const above = min === null ? self : larger(tape, tape.cast(self, dtype), tape.cast(min, dtype));
    return max === null ? above : smaller(tape, tape.cast(above, dtype), tape.cast(max, dtype));
  },
  'aten::clamp_min(Tensor self, Scalar min) -> Tensor': (tape, { self, min }) =>
    between(tape, self, min, null),
  'aten::clamp_max(Tensor self, Scalar max) -> Tensor': (tape, { self, max }) =>
    between(tape, self, null, max),
  'aten::maximum(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) =>
    larger(tape, ...promoted(tape, [self, other])),
  'aten::minimum(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) =>
    smaller(tape, ...promoted(tape, [self, other])),
  'aten::fmax(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) =>
    numberOf(tape, 'Max', ...promoted(tape, [self, other])),
  'aten::fmin(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) =>
    numberOf(tape, 'Min', ...promoted(tape, [self, other])),
});

/** Kept between two numbers; a bound that is a fraction makes whole numbers floats. */
function between(tape: Tape, self: Tensor, min: Scalar | null, max: Scalar | null): Tensor {
  const bounds = [min, max].map((bound) => (bound === null ? null : tape.wrap(bound)));
  const dtype = resultType([self, ...bounds.filter((bound) => bound !== null)]);
  const [low, high] = bounds.map((bound) => (bound === null ? null : tape.cast(bound, dtype)));
  const numbers = tape.cast(self, dtype);
  // Clip is not there for narrow whole numbers everywhere.
  if (isFloat(dtype)) return tape.node('Clip', [numbers, low ?? null, high ?? null]);
  const above = low ? larger(tape, numbers, low) : numbers;
  return high ? smaller(tape, above, high) : above;
}

function larger(tape: Tape, a: Tensor, b: Tensor): Tensor {
  return a.dtype === 'bool' ? tape.node('Or', [a, b]) : arithmetic(tape, 'Max', a, b);
}

function smaller(tape: Tape, a: Tensor, b: Tensor): Tensor {
  return a.dtype === 'bool' ? tape.node('And', [a, b]) : arithmetic(tape, 'Min', a, b);
}

/** The larger or smaller, and the other one where one is no number. */
function numberOf(tape: Tape, op: string, a: Tensor, b: Tensor): Tensor {
  const chosen = arithmetic(tape, op, a, b);
  if (!isFloat(a.dtype)) return chosen;
  const withoutA = tape.node('Where', [tape.node('IsNaN', [a]), b, chosen]);
  return tape.node('Where', [tape.node('IsNaN', [b]), a, withoutA]);
}
