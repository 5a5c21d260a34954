import { aten } from '../operators/aten';
import { isFloat } from '../operators/promotion';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Whole numbers near a number; those that are whole already stay as they are. */
export default aten({
  'aten::floor(Tensor self) -> Tensor': (tape, { self }) => rounded(tape, 'Floor', self),
  'aten::ceil(Tensor self) -> Tensor': (tape, { self }) => rounded(tape, 'Ceil', self),
  'aten::round(Tensor self) -> Tensor': (tape, { self }) => rounded(tape, 'Round', self),
  'aten::round.decimals(Tensor self, *, int decimals) -> Tensor': (tape, { self, decimals }) => {
    const power = 10 ** Math.abs(decimals);
    const [there, back] = decimals < 0 ? (['Div', 'Mul'] as const) : (['Mul', 'Div'] as const);
    const moved = tape.node(there, [self, power]);
    return tape.node(back, [tape.node('Round', [moved]), power]);
  },
  'aten::trunc(Tensor self) -> Tensor': (tape, { self }) => truncated(tape, self),
  'aten::frac(Tensor self) -> Tensor': (tape, { self }) => tape.node('Sub', [self, truncated(tape, self)]),
});

function rounded(tape: Tape, op: string, self: Tensor): Tensor {
  return isFloat(self.dtype) ? tape.node(op, [self]) : self.copy();
}

function truncated(tape: Tape, self: Tensor): Tensor {
  if (!isFloat(self.dtype)) return self.copy();
  return tape.node('Mul', [tape.node('Sign', [self]), tape.node('Floor', [tape.node('Abs', [self])])]);
}
