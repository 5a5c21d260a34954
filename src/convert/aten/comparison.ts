import { aten } from '../operators/aten';
import { promoted } from '../operators/promotion';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Truth values of comparing two tensors. */
export default aten({
  'aten::eq.Tensor(Tensor self, Tensor other) -> Tensor': (tape, args) => compared(tape, 'Equal', args),
  'aten::ne.Tensor(Tensor self, Tensor other) -> Tensor': (tape, args) =>
    tape.node('Not', [compared(tape, 'Equal', args)]),
  'aten::lt.Tensor(Tensor self, Tensor other) -> Tensor': (tape, args) => compared(tape, 'Less', args),
  'aten::le.Tensor(Tensor self, Tensor other) -> Tensor': (tape, args) => compared(tape, 'LessOrEqual', args),
  'aten::gt.Tensor(Tensor self, Tensor other) -> Tensor': (tape, args) => compared(tape, 'Greater', args),
  'aten::ge.Tensor(Tensor self, Tensor other) -> Tensor': (tape, args) =>
    compared(tape, 'GreaterOrEqual', args),
});

/** Truth values are compared as whole numbers, of which ONNX knows which is larger. */
function compared(tape: Tape, op: string, { self, other }: { self: Tensor; other: Tensor }): Tensor {
  const [a, b] = promoted(tape, [self, other]);
  const isNarrow =
    ['bool', 'uint8', 'int8', 'int16'].includes(a.dtype) && !(op === 'Equal' && a.dtype === 'bool');
  if (isNarrow) return tape.node(op, [tape.cast(a, 'int32'), tape.cast(b, 'int32')]);
  return tape.node(op, [a, b]);
}
