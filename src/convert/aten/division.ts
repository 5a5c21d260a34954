import type { Dtype } from '../../core/dtype';
import { aten } from '../operators/aten';
import { asFloat, isFloat, promoted, resultType } from '../operators/promotion';
import { arithmetic } from '../parts/arithmetic';
import { defaultDtype } from '../tape/scalars';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Quotients and what is left of them. Dividing whole numbers gives floats unless a rounding is asked for. */
export default aten({
  'aten::div.Tensor(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) =>
    divide(tape, self, other),
  'aten::div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor': (tape, args) => {
    if (args.rounding_mode === null) return divide(tape, args.self, args.other);
    const [a, b] = promoted(tape, [args.self, args.other]);
    return args.rounding_mode === 'floor' ? floorQuotient(tape, a, b) : truncatedQuotient(tape, a, b);
  },
  'aten::floor_divide(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) =>
    floorQuotient(tape, ...promoted(tape, [self, other])),
  'aten::remainder.Tensor(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) => {
    const [a, b] = promoted(tape, [self, other]);
    if (!isFloat(a.dtype)) return arithmetic(tape, 'Mod', a, b);
    // a - floor(a / b) * b loses digits; the C remainder moved to the sign of the divisor does not.
    const rest = tape.node('Mod', [a, b], { fmod: 1 });
    const differs = tape.node('Less', [tape.node('Mul', [rest, b]), 0]);
    return tape.node('Where', [differs, tape.node('Add', [rest, b]), rest]);
  },
  'aten::remainder.Scalar_Tensor(Scalar self, Tensor other) -> Tensor': (tape, { self, other }) => {
    const [a, b] = promoted(tape, [tape.wrap(self), other]);
    return tape.node('Sub', [a, tape.node('Mul', [floorQuotient(tape, a, b), b])]);
  },
  'aten::fmod.Tensor(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) => {
    const [a, b] = promoted(tape, [self, other]);
    return tape.node('Mod', [a, b], { fmod: 1 });
  },
  'aten::reciprocal(Tensor self) -> Tensor': (tape, { self }) =>
    tape.node('Reciprocal', [asFloat(tape, self)]),
});

/** True division: floats whatever goes in. */
export function divide(tape: Tape, self: Tensor, other: Tensor): Tensor {
  const dtype: Dtype = resultType([self, other]);
  const float = isFloat(dtype) ? dtype : defaultDtype;
  return tape.node('Div', [tape.cast(self, float), tape.cast(other, float)]);
}

/** The quotient rounded down, as Python rounds it. */
export function floorQuotient(tape: Tape, a: Tensor, b: Tensor): Tensor {
  if (isFloat(a.dtype)) return tape.node('Floor', [tape.node('Div', [a, b])]);
  // ONNX cuts whole quotients off: what Mod leaves, which has the divisor's sign, is taken away first.
  return arithmetic(tape, 'Div', arithmetic(tape, 'Sub', a, arithmetic(tape, 'Mod', a, b)), b);
}

function truncatedQuotient(tape: Tape, a: Tensor, b: Tensor): Tensor {
  const quotient = arithmetic(tape, 'Div', a, b);
  if (!isFloat(a.dtype)) return quotient;
  return tape.node('Mul', [
    tape.node('Sign', [quotient]),
    tape.node('Floor', [tape.node('Abs', [quotient])]),
  ]);
}
