import type { Dtype } from '../../core/dtype';
import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { promoted } from '../operators/promotion';
import { arithmetic } from '../parts/arithmetic';
import { squeeze, unsqueeze } from '../parts/rearrange';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** And, or, xor and not: of truth values, and of the bits of whole numbers. */
export default aten({
  'aten::logical_and(Tensor self, Tensor other) -> Tensor': (tape, args) => truth(tape, 'And', args),
  'aten::logical_or(Tensor self, Tensor other) -> Tensor': (tape, args) => truth(tape, 'Or', args),
  'aten::logical_xor(Tensor self, Tensor other) -> Tensor': (tape, args) => truth(tape, 'Xor', args),
  'aten::logical_not(Tensor self) -> Tensor': (tape, { self }) => tape.node('Not', [tape.cast(self, 'bool')]),
  'aten::bitwise_and.Tensor(Tensor self, Tensor other) -> Tensor': (tape, args) => bits(tape, 'And', args),
  'aten::bitwise_or.Tensor(Tensor self, Tensor other) -> Tensor': (tape, args) => bits(tape, 'Or', args),
  'aten::bitwise_xor.Tensor(Tensor self, Tensor other) -> Tensor': (tape, args) => bits(tape, 'Xor', args),
  'aten::bitwise_not(Tensor self) -> Tensor': (tape, { self }) => {
    if (self.dtype === 'bool') return tape.node('Not', [self]);
    if (tape.opset >= 18) return tape.node('BitwiseNot', [self]);
    // Two's complement: ~x = -1 - x.
    return arithmetic(tape, 'Sub', tape.constant(self.dtype, [], [-1]), self);
  },
  'aten::bitwise_left_shift.Tensor(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) => {
    const [a, b] = promoted(tape, [self, other]);
    return tape.node('Mul', [a, power(tape, b)]);
  },
  'aten::bitwise_right_shift.Tensor(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) => {
    const [a, b] = promoted(tape, [self, other]);
    const divisor = power(tape, b);
    return tape.node('Div', [tape.node('Sub', [a, tape.node('Mod', [a, divisor])]), divisor]);
  },
});

type Pair = { self: Tensor; other: Tensor };

function truth(tape: Tape, op: string, { self, other }: Pair): Tensor {
  return tape.node(op, [tape.cast(self, 'bool'), tape.cast(other, 'bool')]);
}

function bits(tape: Tape, op: 'And' | 'Or' | 'Xor', { self, other }: Pair): Tensor {
  const [a, b] = promoted(tape, [self, other]);
  if (a.dtype === 'bool') return tape.node(op, [a, b]);
  if (tape.opset >= 18) return tape.node(`Bitwise${op}`, [a, b]);
  return bitByBit(tape, op, a, b);
}

const widths: Partial<Record<Dtype, number>> = { uint8: 8, int8: 8, int16: 16, int32: 32, int64: 64 };

/** The bits of both as truth values in a last dimension, before operator set 18 has an operator for them. */
function bitByBit(tape: Tape, op: 'And' | 'Or' | 'Xor', a: Tensor, b: Tensor): Tensor {
  const width = widths[a.dtype];
  if (width === undefined) throw new Gap(`bits of ${a.dtype} cannot be taken apart before operator set 18`);
  const isSigned = a.dtype !== 'uint8';
  const powers = Array.from({ length: isSigned ? width - 1 : width }, (_, bit) => 2n ** BigInt(bit));
  const split = (tensor: Tensor) => {
    const last = unsqueeze(tape, tape.cast(tensor, 'int64'), tensor.rank);
    const divisors = tape.constant('int64', [powers.length], powers);
    // Mod has the divisor's sign, so that what is left divides without rest below 0 too.
    const shifted = tape.node('Div', [
      tape.node('Sub', [last, tape.node('Mod', [last, divisors])]),
      divisors,
    ]);
    const bits = tape.cast(tape.node('Mod', [shifted, 2]), 'bool');
    return isSigned ? tape.node('Concat', [bits, tape.node('Less', [last, 0])], { axis: tensor.rank }) : bits;
  };
  const both = tape.cast(tape.node(op, [split(a), split(b)]), 'int64');
  const weights = isSigned ? [...powers, -(2n ** BigInt(width - 1))] : powers;
  const sum = tape.node('MatMul', [both, tape.constant('int64', [width, 1], weights)]);
  return tape.cast(squeeze(tape, sum, both.rank - 1), a.dtype);
}

function power(tape: Tape, exponent: Tensor): Tensor {
  return tape.cast(
    tape.node('Pow', [tape.constant('float64', [], [2]), tape.cast(exponent, 'float64')]),
    exponent.dtype,
  );
}
