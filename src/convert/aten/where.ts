import { aten } from '../operators/aten';
import { promoted } from '../operators/promotion';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** One of two numbers, as a truth value says. */
export default aten({
  'aten::where.self(Tensor condition, Tensor self, Tensor other) -> Tensor': (
    tape,
    { condition, self, other },
  ) => {
    const [a, b] = promoted(tape, [self, other]);
    return chosen(tape, tape.cast(condition, 'bool'), a, b);
  },
  'aten::masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor': (
    tape,
    { self, mask, value },
  ) => filled(tape, self, mask, tape.scalar(value, self.dtype)),
  'aten::masked_fill.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor': (
    tape,
    { self, mask, value },
  ) => filled(tape, self, mask, tape.cast(value, self.dtype)),
});

function filled(tape: Tape, self: Tensor, mask: Tensor, value: Tensor): Tensor {
  return chosen(tape, tape.cast(mask, 'bool'), value, self);
}

/** ONNX Runtime chooses no truth values and no narrow numbers. */
function chosen(tape: Tape, condition: Tensor, a: Tensor, b: Tensor): Tensor {
  const { dtype } = a;
  if (!['bool', 'int8', 'int16'].includes(dtype)) return tape.node('Where', [condition, a, b]);
  const [wide, other] = [tape.cast(a, 'int32'), tape.cast(b, 'int32')];
  return tape.cast(tape.node('Where', [condition, wide, other]), dtype);
}
