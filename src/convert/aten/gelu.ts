import { aten } from '../operators/aten';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Gaussian error linear units: x times the probability that a normal number is below x. */
export default aten({
  "aten::gelu(Tensor self, *, str approximate='none') -> Tensor": (tape, { self, approximate }) =>
    gelu(tape, self, approximate),
});

/** One node from operator set 20 on; before, what it stands for. */
export function gelu(tape: Tape, self: Tensor, approximate = 'none'): Tensor {
  if (tape.opset >= 20) return tape.node('Gelu', [self], approximate === 'none' ? {} : { approximate });
  const half = tape.node('Mul', [self, 0.5]);
  return tape.node('Mul', [half, tape.node('Add', [bend(tape, self, approximate), 1])]);
}

function bend(tape: Tape, self: Tensor, approximate: string): Tensor {
  if (approximate === 'none') return tape.node('Erf', [tape.node('Div', [self, Math.SQRT2])]);
  const cube = tape.node('Mul', [tape.node('Mul', [self, self]), self]);
  const sum = tape.node('Add', [self, tape.node('Mul', [cube, 0.044715])]);
  return tape.node('Tanh', [tape.node('Mul', [sum, Math.sqrt(2 / Math.PI)])]);
}
