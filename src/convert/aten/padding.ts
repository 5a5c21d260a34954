import { aten } from '../operators/aten';
import { Gap } from '../gap';
import type { Scalar } from '../tape/recorder';
import { slice, toEnd } from '../parts/rearrange';
import type { Size } from '../tape/size';
import { minus, plus } from '../tape/symint';
import { joined } from '../parts/join';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** More places around a tensor. Pads are listed from the last dimension on: before, behind, before, behind. */
export default aten({
  'aten::constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0) -> Tensor': (
    tape,
    { self, pad, value },
  ) => padded(tape, self, pad, 'constant', value),
  'aten::pad(Tensor self, SymInt[] pad, str mode="constant", float? value=None) -> Tensor': (tape, args) => {
    if (args.mode === 'circular') return circular(tape, args.self, args.pad);
    const mode = modes.get(args.mode);
    if (mode === undefined) throw new Gap(`a way of padding called ${args.mode}`);
    return padded(tape, args.self, args.pad, mode, args.value ?? 0);
  },
  'aten::reflection_pad1d(Tensor self, SymInt[2] padding) -> Tensor': (tape, { self, padding }) =>
    padded(tape, self, padding, 'reflect', 0),
  'aten::reflection_pad2d(Tensor self, SymInt[4] padding) -> Tensor': (tape, { self, padding }) =>
    padded(tape, self, padding, 'reflect', 0),
  'aten::reflection_pad3d(Tensor self, SymInt[6] padding) -> Tensor': (tape, { self, padding }) =>
    padded(tape, self, padding, 'reflect', 0),
  'aten::replication_pad1d(Tensor self, SymInt[2] padding) -> Tensor': (tape, { self, padding }) =>
    padded(tape, self, padding, 'edge', 0),
  'aten::replication_pad2d(Tensor self, SymInt[4] padding) -> Tensor': (tape, { self, padding }) =>
    padded(tape, self, padding, 'edge', 0),
  'aten::replication_pad3d(Tensor self, SymInt[6] padding) -> Tensor': (tape, { self, padding }) =>
    padded(tape, self, padding, 'edge', 0),
});

type Mode = 'constant' | 'reflect' | 'edge';

const modes = new Map<string, Mode>([
  ['constant', 'constant'],
  ['reflect', 'reflect'],
  ['replicate', 'edge'],
]);

function padded(tape: Tape, self: Tensor, pad: readonly Size[], mode: Mode, value: Scalar): Tensor {
  const [before, behind] = sides(self, pad);
  const sizes = self.sizes.map((size, at) => plus(size, plus(before[at] ?? 0, behind[at] ?? 0)));
  const fill = mode === 'constant' && Number(value) !== 0 ? tape.scalar(value, self.dtype) : null;
  // A negative pad takes places away; ONNX Runtime does so only with constants.
  const isCut = [...before, ...behind].some((one) => typeof one === 'number' && one < 0);
  if (isCut && mode !== 'constant') throw new Gap('places taken away while others are mirrored');
  return tape.node('Pad', [self, [...before, ...behind], fill], mode === 'constant' ? {} : { mode }, {
    sizes,
  });
}

function sides(self: Tensor, pad: readonly Size[]): [Size[], Size[]] {
  const at = (dim: number, side: number) => pad[(self.rank - 1 - dim) * 2 + side] ?? 0;
  return [self.sizes.map((_, dim) => at(dim, 0)), self.sizes.map((_, dim) => at(dim, 1))];
}

/** The other end of a dimension before its beginning, and the beginning behind its end. */
function circular(tape: Tape, self: Tensor, pad: readonly Size[]): Tensor {
  const [before, behind] = sides(self, pad);
  return self.sizes.reduce<Tensor>((tensor, size, dim) => {
    const [first = 0, last = 0] = [before[dim], behind[dim]];
    const head = first === 0 ? [] : [slice(tape, tensor, dim, [minus(size, first), toEnd, 1], first)];
    const tail = last === 0 ? [] : [slice(tape, tensor, dim, [0, last, 1], last)];
    return joined(tape, [...head, tensor, ...tail], dim);
  }, self);
}
