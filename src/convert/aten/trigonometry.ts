import { aten } from '../operators/aten';
import { asFloat, promoted } from '../operators/promotion';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Circular and hyperbolic functions and their inverses, in radians. */
export default aten({
  'aten::sin(Tensor self) -> Tensor': (tape, { self }) => tape.node('Sin', [asFloat(tape, self)]),
  'aten::cos(Tensor self) -> Tensor': (tape, { self }) => tape.node('Cos', [asFloat(tape, self)]),
  'aten::tan(Tensor self) -> Tensor': (tape, { self }) => tape.node('Tan', [asFloat(tape, self)]),
  'aten::asin(Tensor self) -> Tensor': (tape, { self }) => tape.node('Asin', [asFloat(tape, self)]),
  'aten::acos(Tensor self) -> Tensor': (tape, { self }) => tape.node('Acos', [asFloat(tape, self)]),
  'aten::atan(Tensor self) -> Tensor': (tape, { self }) => tape.node('Atan', [asFloat(tape, self)]),
  'aten::sinh(Tensor self) -> Tensor': (tape, { self }) => tape.node('Sinh', [asFloat(tape, self)]),
  'aten::cosh(Tensor self) -> Tensor': (tape, { self }) => tape.node('Cosh', [asFloat(tape, self)]),
  'aten::tanh(Tensor self) -> Tensor': (tape, { self }) => tape.node('Tanh', [asFloat(tape, self)]),
  'aten::asinh(Tensor self) -> Tensor': (tape, { self }) => tape.node('Asinh', [asFloat(tape, self)]),
  'aten::acosh(Tensor self) -> Tensor': (tape, { self }) => tape.node('Acosh', [asFloat(tape, self)]),
  'aten::atanh(Tensor self) -> Tensor': (tape, { self }) => tape.node('Atanh', [asFloat(tape, self)]),
  'aten::atan2(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) => {
    const [y, x] = promoted(tape, [self, other]);
    return angleOf(tape, asFloat(tape, y), asFloat(tape, x));
  },
  'aten::hypot(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) => {
    const [a, b] = promoted(tape, [self, other]);
    const squares = tape.node('Add', [tape.node('Mul', [a, a]), tape.node('Mul', [b, b])]);
    return tape.node('Sqrt', [squares]);
  },
});

/** The angle of a point: atan(y / x), moved by half a turn where x is below 0. */
function angleOf(tape: Tape, y: Tensor, x: Tensor): Tensor {
  const turn = (angle: number) => tape.constant(x.dtype, [], [angle]);
  const isFlat = tape.node('Equal', [y, 0]);
  const isAbove = tape.node('GreaterOrEqual', [y, 0]);
  const half = tape.node('Where', [isAbove, turn(Math.PI), turn(-Math.PI)]);
  const isBehind = tape.node('Less', [x, 0]);
  const moved = tape.node('Where', [isBehind, half, turn(0)]);
  // y / 0 is infinite, whose atan is a quarter turn; 0 / 0 stands for no turn at all.
  const isNowhere = tape.node('And', [isFlat, tape.node('Equal', [x, 0])]);
  const slope = tape.node('Where', [isNowhere, turn(0), tape.node('Div', [y, x])]);
  return tape.node('Add', [tape.node('Atan', [slope]), moved]);
}
