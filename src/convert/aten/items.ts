import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { reshape } from '../parts/rearrange';
import type { Tape } from '../tape/tape';
import { Tensor } from '../tape/tensor';

/** A tensor's one element as a number of the program. What comes when the model runs stays a tensor, whole numbers are sizes. */
export default aten({
  'aten::item(Tensor self) -> Scalar': (tape, { self }) => element(tape, self),
  'aten::_local_scalar_dense(Tensor self) -> Scalar': (tape, { self }) => element(tape, self),
});

function element(tape: Tape, self: Tensor) {
  if (self.sizes.some((size) => size !== 1)) throw new Gap('a number of a tensor of several elements');
  const [value] = tape.sizesIn(self) ?? [];
  if (value === undefined) {
    if (/int/.test(self.dtype)) return tape.symbolOf(self);
    return new Tensor(tape, reshape(tape, self, []).content, true);
  }
  if (typeof value !== 'number') return value;
  return self.dtype === 'bool' ? value !== 0 : value;
}
