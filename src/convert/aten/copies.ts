import type { Dtype } from '../../core/dtype';
import { aten } from '../operators/aten';
import { expand } from '../parts/rearrange';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** The same elements again, as another dtype, or as they are: devices, layouts and gradients mean nothing here. */
export default aten({
  'aten::clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor': (_tape, { self }) => self.copy(),
  'aten::contiguous(Tensor(a) self, *, MemoryFormat memory_format=contiguous_format) -> Tensor(a)': (
    _tape,
    { self },
  ) => self,
  'aten::detach(Tensor(a) self) -> Tensor(a)': (_tape, { self }) => self,
  'aten::alias(Tensor(a) self) -> Tensor(a)': (_tape, { self }) => self,
  'aten::lift_fresh_copy(Tensor self) -> Tensor': (_tape, { self }) => self.copy(),
  'aten::to.dtype(Tensor(a) self, ScalarType dtype, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)':
    (tape, { self, dtype, copy }) => converted(tape, self, dtype, copy),
  'aten::to.dtype_layout(Tensor(a) self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)':
    (tape, { self, dtype, copy }) => converted(tape, self, dtype ?? self.dtype, copy),
  'aten::to.device(Tensor(a) self, Device device, ScalarType dtype, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)':
    (tape, { self, dtype, copy }) => converted(tape, self, dtype, copy),
  'aten::to.other(Tensor(a) self, Tensor other, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)':
    (tape, { self, other, copy }) => converted(tape, self, other.dtype, copy),
  'aten::to.prim_Device(Tensor(a) self, Device? device, ScalarType? dtype=None, bool non_blocking=False, bool copy=False) -> Tensor(a)':
    (tape, { self, dtype, copy }) => converted(tape, self, dtype ?? self.dtype, copy),
  'aten::type_as(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) =>
    tape.cast(self, other.dtype),
  'aten::_to_copy(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, MemoryFormat? memory_format=None) -> Tensor':
    (tape, { self, dtype }) => converted(tape, self, dtype ?? self.dtype, true),
  'aten::copy(Tensor self, Tensor src, bool non_blocking=False) -> Tensor': (tape, { self, src }) =>
    expand(tape, tape.cast(src, self.dtype), self.sizes).copy(),
  'aten::dropout(Tensor input, float p, bool train) -> Tensor': (_tape, { input }) => input,
  'aten::feature_dropout(Tensor input, float p, bool train) -> Tensor': (_tape, { input }) => input,
  'aten::alpha_dropout(Tensor input, float p, bool train) -> Tensor': (_tape, { input }) => input,
  'aten::native_dropout(Tensor input, float p, bool? train) -> (Tensor, Tensor)': (tape, { input }) => [
    input.copy(),
    tape.node('Expand', [tape.constant('bool', [], [true]), input.sizes], {}, { sizes: input.sizes }),
  ],
});

function converted(tape: Tape, self: Tensor, dtype: Dtype, isCopy: boolean): Tensor {
  if (self.dtype !== dtype) return tape.cast(self, dtype);
  return isCopy ? self.copy() : self;
}
