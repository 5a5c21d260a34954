import { aten } from '../operators/aten';
import { isFloat } from '../operators/promotion';
import { limits } from '../parts/limits';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Which elements are infinite or no numbers, and other numbers in their place. */
export default aten({
  'aten::isnan(Tensor self) -> Tensor': (tape, { self }) =>
    isFloat(self.dtype) ? tape.node('IsNaN', [self]) : never(tape, self),
  'aten::isinf(Tensor self) -> Tensor': (tape, { self }) =>
    isFloat(self.dtype) ? tape.node('IsInf', [self]) : never(tape, self),
  'aten::isposinf(Tensor self) -> Tensor': (tape, { self }) =>
    isFloat(self.dtype) ? tape.node('IsInf', [self], { detect_negative: 0 }) : never(tape, self),
  'aten::isneginf(Tensor self) -> Tensor': (tape, { self }) =>
    isFloat(self.dtype) ? tape.node('IsInf', [self], { detect_positive: 0 }) : never(tape, self),
  'aten::isfinite(Tensor self) -> Tensor': (tape, { self }) => {
    if (!isFloat(self.dtype)) return tape.node('Not', [never(tape, self)]);
    return tape.node('Not', [tape.node('Or', [tape.node('IsNaN', [self]), tape.node('IsInf', [self])])]);
  },
  'aten::nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor': (
    tape,
    args,
  ) => {
    const { self } = args;
    if (!isFloat(self.dtype)) return self.copy();
    const [low, high] = limits[self.dtype] ?? limits.float32 ?? [0, 0];
    const number = (value: number) => tape.constant(self.dtype, [], [value]);
    const known = tape.node('Where', [tape.node('IsNaN', [self]), number(args.nan ?? 0), self]);
    const above = tape.node('IsInf', [self], { detect_negative: 0 });
    const below = tape.node('IsInf', [self], { detect_positive: 0 });
    const capped = tape.node('Where', [above, number(args.posinf ?? high), known]);
    return tape.node('Where', [below, number(args.neginf ?? low), capped]);
  },
});

function never(tape: Tape, self: Tensor): Tensor {
  return tape.node('Expand', [tape.constant('bool', [], [false]), self.sizes], {}, { sizes: self.sizes });
}
