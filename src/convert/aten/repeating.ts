import { aten } from '../operators/aten';
import { Gap } from '../gap';
import { dimOf, padRank, reshape, slice, toEnd } from '../parts/rearrange';
import type { Size } from '../tape/size';
import { minus, productOf, times } from '../tape/symint';
import { joined } from '../parts/join';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Elements again and again, turned around, or moved along. */
export default aten({
  'aten::repeat(Tensor self, SymInt[] repeats) -> Tensor': (tape, { self, repeats }) =>
    tiled(tape, self, repeats),
  'aten::tile(Tensor self, SymInt[] dims) -> Tensor': (tape, { self, dims }) =>
    tiled(tape, self, [...new Array<Size>(Math.max(0, self.rank - dims.length)).fill(1), ...dims]),
  'aten::repeat_interleave.self_int(Tensor self, SymInt repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor':
    (tape, { self, repeats, dim }) => {
      const whole = dim === null ? reshape(tape, self, [productOf(self.sizes)]) : self;
      const axis = dimOf(dim ?? 0, whole.rank);
      const sizes = whole.sizes.toSpliced(axis + 1, 0, repeats);
      const apart = tape.node('Unsqueeze', [whole, [axis + 1]]);
      const spread = tape.node(
        'Expand',
        [apart, sizes.map((size, at) => (at === axis + 1 ? size : 1))],
        {},
        { sizes },
      );
      return reshape(tape, spread, whole.sizes.with(axis, times(whole.size(axis), repeats)));
    },
  'aten::repeat_interleave.self_Tensor(Tensor self, Tensor repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor':
    (tape, { self, repeats, dim }) => {
      const counts = repeats.numbers;
      if (counts === null) throw new Gap('how often each element comes is known only when the model runs');
      const whole = dim === null ? reshape(tape, self, [productOf(self.sizes)]) : self;
      const size = whole.size(dim ?? 0);
      const each =
        counts.length === 1 && typeof size === 'number'
          ? new Array<number>(size).fill(counts[0] ?? 1)
          : counts;
      const places = each.flatMap((count, at) => new Array<number>(count).fill(at));
      return tape.node('Gather', [whole, tape.constant('int64', [places.length], places)], {
        axis: dimOf(dim ?? 0, whole.rank),
      });
    },
  'aten::flip(Tensor self, int[] dims) -> Tensor': (tape, { self, dims }) => {
    if (dims.length === 0) return self.copy();
    const axes = dims.map((dim) => dimOf(dim, self.rank));
    const all = (value: number) => axes.map(() => value);
    return tape.node('Slice', [self, all(-1), all(-toEnd), axes, all(-1)], {}, { sizes: self.sizes });
  },
  'aten::fliplr(Tensor self) -> Tensor': (tape, { self }) =>
    tape.node('Slice', [self, [-1], [-toEnd], [1], [-1]], {}, { sizes: self.sizes }),
  'aten::flipud(Tensor self) -> Tensor': (tape, { self }) =>
    tape.node('Slice', [self, [-1], [-toEnd], [0], [-1]], {}, { sizes: self.sizes }),
  'aten::rot90(Tensor self, int k=1, int[] dims=[0,1]) -> Tensor': (tape, { self, k, dims }) => {
    const [a = 0, b = 1] = dims.map((dim) => dimOf(dim, self.rank));
    const turns = ((k % 4) + 4) % 4;
    const flip = (tensor: Tensor, dim: number) =>
      tape.node('Slice', [tensor, [-1], [-toEnd], [dim], [-1]], {}, { sizes: tensor.sizes });
    const swap = (tensor: Tensor) =>
      tape.node('Transpose', [tensor], {
        perm: tensor.sizes.map((_, at) => (at === a ? b : at === b ? a : at)),
      });
    if (turns === 0) return self.copy();
    if (turns === 1) return swap(flip(self, b));
    return turns === 2 ? flip(flip(self, a), b) : flip(swap(self), b);
  },
  'aten::roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor': (tape, { self, shifts, dims }) => {
    if (dims.length > 0)
      return dims.reduce(
        (tensor, dim, at) => rolled(tape, tensor, dimOf(dim, self.rank), shifts[at] ?? 0),
        self,
      );
    const flat = reshape(tape, self, [productOf(self.sizes)]);
    return reshape(tape, rolled(tape, flat, 0, shifts[0] ?? 0), self.sizes);
  },
});

/** As often as asked along each dimension, new ones in front. */
function tiled(tape: Tape, self: Tensor, repeats: readonly Size[]): Tensor {
  const whole = padRank(tape, self, repeats.length);
  if (repeats.every((count) => count === 1)) return whole === self ? self.copy() : whole;
  return tape.node(
    'Tile',
    [whole, repeats],
    {},
    { sizes: whole.sizes.map((size, at) => times(size, repeats[at] ?? 1)) },
  );
}

/** The last places come first. */
function rolled(tape: Tape, self: Tensor, dim: number, shift: Size): Tensor {
  const size = self.size(dim);
  const by = typeof shift === 'number' && typeof size === 'number' ? ((shift % size) + size) % size : shift;
  if (by === 0) return self;
  const from = typeof by === 'number' && by < 0 ? -by : minus(size, by);
  const back = slice(tape, self, dim, [from, toEnd, 1], minus(size, from));
  return joined(tape, [back, slice(tape, self, dim, [0, from, 1], from)], dim);
}
