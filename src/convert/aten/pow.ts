import { aten } from '../operators/aten';
import { isFloat, promoted } from '../operators/promotion';
import type { Scalar } from '../tape/recorder';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Powers, where the exponent, the base or neither is a number. */
export default aten({
  'aten::pow.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor': (tape, { self, exponent }) =>
    power(tape, self, exponent),
  'aten::pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor': (tape, { self, exponent }) =>
    tape.node('Pow', promoted(tape, [self, exponent])),
  'aten::pow.Scalar(Scalar self, Tensor exponent) -> Tensor': (tape, { self, exponent }) =>
    tape.node('Pow', promoted(tape, [tape.wrap(self), exponent])),
  'aten::float_power.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor': (tape, { self, exponent }) =>
    tape.node('Pow', [tape.cast(self, 'float64'), tape.scalar(exponent, 'float64')]),
  'aten::float_power.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor': (tape, { self, exponent }) =>
    tape.node('Pow', [tape.cast(self, 'float64'), tape.cast(exponent, 'float64')]),
});

/** A power by a number; a square is a product and a half a root, which are exact. */
function power(tape: Tape, self: Tensor, exponent: Scalar): Tensor {
  const [base, by] = promoted(tape, [self, tape.wrap(exponent)]);
  const number = by.numbers?.[0];
  if (number === 2) return tape.node('Mul', [base, base]);
  if (number === 0.5 && isFloat(base.dtype)) return tape.node('Sqrt', [base]);
  return tape.node('Pow', [base, by]);
}
