import { aten } from '../aten';
import { Gap } from '../gap';
import type { Tape } from '../tape';
import type { Tensor } from '../tensor';

/** A tensor's one element as a number of the program, where it is known before the model runs. */
export default aten({
  'aten::item(Tensor self) -> Scalar': (tape, { self }) => element(tape, self),
  'aten::_local_scalar_dense(Tensor self) -> Scalar': (tape, { self }) => element(tape, self),
});

function element(tape: Tape, self: Tensor) {
  const [value] = tape.sizesIn(self) ?? [];
  if (value === undefined || self.elements?.length !== 1)
    throw new Gap('a number that comes when the model runs');
  if (typeof value !== 'number') return value;
  return self.dtype === 'bool' ? value !== 0 : value;
}
