import { aten } from '../operators/aten';
import { widened } from '../parts/arithmetic';
import { asFloat, isFloat, kindOf } from '../operators/promotion';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Functions of one number that ONNX has under another name, or as a few steps. */
export default aten({
  'aten::abs(Tensor self) -> Tensor': (tape, { self }) => widened(tape, 'Abs', self),
  'aten::neg(Tensor self) -> Tensor': (tape, { self }) => widened(tape, 'Neg', self),
  'aten::positive(Tensor(a) self) -> Tensor(a)': (_tape, { self }) => self,
  'aten::sign(Tensor self) -> Tensor': (tape, { self }) => sign(tape, self),
  'aten::sgn(Tensor self) -> Tensor': (tape, { self }) => sign(tape, self),
  'aten::exp(Tensor self) -> Tensor': (tape, { self }) => tape.node('Exp', [asFloat(tape, self)]),
  'aten::exp2(Tensor self) -> Tensor': (tape, { self }) => {
    const exponent = asFloat(tape, self);
    return tape.node('Pow', [tape.constant(exponent.dtype, [], [2]), exponent]);
  },
  'aten::expm1(Tensor self) -> Tensor': (tape, { self }) => {
    // sinh keeps the digits that exp(x) - 1 loses near 0: e^x - 1 = 2 e^(x/2) sinh(x/2).
    const whole = asFloat(tape, self);
    const numbers = tape.node('Mul', [whole, 0.5]);
    // ONNX Runtime has no Sinh of float64, but Tanh: e^x - 1 = tanh(x/2) (e^x + 1).
    if (whole.dtype === 'float64') {
      const sum = tape.node('Add', [tape.node('Exp', [whole]), 1]);
      return tape.node('Mul', [tape.node('Tanh', [numbers]), sum]);
    }
    // Far below 0 it is -1, where e^(x/2) is nothing and sinh(x/2) everything.
    const least = tape.constant(numbers.dtype, [], [/16/.test(numbers.dtype) ? -9 : -40]);
    const half = tape.node('Where', [tape.node('Less', [numbers, least]), least, numbers]);
    const product = tape.node('Mul', [tape.node('Exp', [half]), tape.node('Sinh', [half])]);
    return tape.node('Mul', [product, 2]);
  },
  'aten::log(Tensor self) -> Tensor': (tape, { self }) => tape.node('Log', [asFloat(tape, self)]),
  'aten::log2(Tensor self) -> Tensor': (tape, { self }) =>
    tape.node('Div', [tape.node('Log', [asFloat(tape, self)]), Math.LN2]),
  'aten::log10(Tensor self) -> Tensor': (tape, { self }) =>
    tape.node('Div', [tape.node('Log', [asFloat(tape, self)]), Math.LN10]),
  'aten::log1p(Tensor self) -> Tensor': (tape, { self }) => logOnePlus(tape, asFloat(tape, self)),
  'aten::sqrt(Tensor self) -> Tensor': (tape, { self }) => tape.node('Sqrt', [asFloat(tape, self)]),
  'aten::rsqrt(Tensor self) -> Tensor': (tape, { self }) =>
    tape.node('Reciprocal', [tape.node('Sqrt', [asFloat(tape, self)])]),
  'aten::square(Tensor self) -> Tensor': (tape, { self }) => tape.node('Mul', [self, self]),
  'aten::erf(Tensor self) -> Tensor': (tape, { self }) => tape.node('Erf', [asFloat(tape, self)]),
  'aten::erfc(Tensor self) -> Tensor': (tape, { self }) => {
    const erf = tape.node('Erf', [asFloat(tape, self)]);
    return tape.node('Sub', [tape.constant(erf.dtype, [], [1]), erf]);
  },
  'aten::logit(Tensor self, float? eps=None) -> Tensor': (tape, { self, eps }) => {
    const numbers = asFloat(tape, self);
    const inside = eps === null ? numbers : tape.node('Clip', [numbers, eps, 1 - eps]);
    const rest = tape.node('Sub', [tape.constant(inside.dtype, [], [1]), inside]);
    return tape.node('Log', [tape.node('Div', [inside, rest])]);
  },
  'aten::sinc(Tensor self) -> Tensor': (tape, { self }) => {
    const angle = tape.node('Mul', [asFloat(tape, self), Math.PI]);
    const isZero = tape.node('Equal', [angle, 0]);
    const one = tape.constant(angle.dtype, [], [1]);
    return tape.node('Where', [isZero, one, tape.node('Div', [tape.node('Sin', [angle]), angle])]);
  },
  'aten::deg2rad(Tensor self) -> Tensor': (tape, { self }) =>
    tape.node('Mul', [asFloat(tape, self), Math.PI / 180]),
  'aten::rad2deg(Tensor self) -> Tensor': (tape, { self }) =>
    tape.node('Mul', [asFloat(tape, self), 180 / Math.PI]),
});

function sign(tape: Tape, self: Tensor): Tensor {
  if (kindOf(self.dtype) === 'bool') return self.copy();
  if (!isFloat(self.dtype)) return widened(tape, 'Sign', self);
  // Sign of NaN is NaN, torch gives 0: it is neither above nor below. WebGPU has these operators, and no Sign.
  const isOne = (op: 'Greater' | 'Less') => tape.cast(tape.node(op, [self, 0]), self.dtype);
  return tape.node('Sub', [isOne('Greater'), isOne('Less')]);
}

/** log(1 + x) without losing the digits of a small x: log(u) · x / (u - 1), u being 1 + x as it is rounded. */
export function logOnePlus(tape: Tape, x: Tensor): Tensor {
  if (!isFloat(x.dtype)) return x;
  const sum = tape.node('Add', [x, 1]);
  const rounded = tape.node('Sub', [sum, 1]);
  const isLost = tape.node('Equal', [rounded, 0]);
  const divisor = tape.node('Where', [isLost, tape.constant(x.dtype, [], [1]), rounded]);
  const exact = tape.node('Mul', [tape.node('Log', [sum]), tape.node('Div', [x, divisor])]);
  const isEndless = tape.node('IsInf', [x], { detect_negative: 0 });
  return tape.node('Where', [tape.node('Or', [isLost, isEndless]), x, exact]);
}
