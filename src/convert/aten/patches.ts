import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { permute, reshape, unsqueeze, squeeze } from '../parts/rearrange';
import { placesOf } from '../parts/windows';
import { filled } from '../tape/filled';
import { productOf } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Windows over an image as columns `[N, C · kernel, places]`, and columns added up to an image. */
export default aten({
  'aten::im2col(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor': (
    tape,
    args,
  ) => {
    if (args.self.rank === 3)
      return squeeze(tape, columns(tape, { ...args, self: unsqueeze(tape, args.self, 0) }), 0);
    return columns(tape, args);
  },
  'aten::col2im(Tensor self, SymInt[2] output_size, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor':
    (tape, args) => {
      const size = args.output_size.filter((one) => typeof one === 'number');
      const [batch = 1, width] = args.self.sizes;
      const each = args.kernel_size.reduce((product, one) => product * one, 1);
      if (size.length < 2 || typeof width !== 'number')
        throw new Gap('columns of a size that comes when the model runs');
      const image = [batch, width / each, ...size];
      if (tape.opset < 18) return overlaid(tape, args.self, image, { ...args, size });
      const pads = [...args.padding, ...args.padding];
      return tape.node(
        'Col2Im',
        [args.self, size, [...args.kernel_size]],
        { dilations: args.dilation, pads, strides: args.stride },
        { sizes: image },
      );
    },
});

interface Moves {
  kernel_size: readonly number[];
  dilation: readonly number[];
  padding: readonly number[];
  stride: readonly number[];
}

/** Places along both dimensions that each element of a window takes, picked one dimension after the other. */
function columns(tape: Tape, args: Moves & { self: Tensor }): Tensor {
  const [batch = 1, channels = 1, ...image] = args.self.sizes;
  if (image.some((size) => typeof size !== 'number'))
    throw new Gap('windows over a size that comes when the model runs');
  const [top = 0, left = 0] = args.padding;
  const pads = [0, 0, top, left, 0, 0, top, left];
  const sizes = [batch, channels, ...image.map((size, at) => Number(size) + 2 * (args.padding[at] ?? 0))];
  const padded = top + left > 0 ? tape.node('Pad', [args.self, pads], {}, { sizes }) : args.self;
  const [rows, lines] = [0, 1].map((at) => placesAlong(args, at, Number(image[at])));
  const pick = (tensor: Tensor, axis: number, places: readonly number[][]) =>
    tape.node(
      'Gather',
      [tensor, tape.constant('int64', [places.length, places[0]?.length ?? 0], places.flat())],
      { axis },
    );
  const windows = pick(pick(padded, 2, rows ?? []), 4, lines ?? []);
  const turned = permute(tape, windows, [0, 1, 2, 4, 3, 5]);
  const [, , high = 1, wide = 1, down = 1, across = 1] = turned.sizes;
  return reshape(tape, turned, [batch, productOf([channels, high, wide]), productOf([down, across])]);
}

/** For each element of the kernel the places it comes over. */
function placesAlong(
  { kernel_size, dilation, padding, stride }: Moves,
  at: number,
  size: number,
): number[][] {
  const [kernel = 1, apart = 1, pad = 0, step = 1] = [kernel_size[at], dilation[at], padding[at], stride[at]];
  const window = { kernel: [kernel], stride: [step], pads: [[pad, pad]] as const, dilation: [apart] };
  const count = Number(placesOf([size], window)[0]);
  return Array.from({ length: kernel }, (_, k) =>
    Array.from({ length: count }, (__, place) => place * step + k * apart),
  );
}

/** Before operator set 18: every element of every column added at its place in the padded image. */
function overlaid(
  tape: Tape,
  self: Tensor,
  image: readonly Tensor['sizes'][number][],
  args: Moves & { size: readonly number[] },
): Tensor {
  const [rows = [], lines = []] = [0, 1].map((at) => placesAlong(args, at, args.size[at] ?? 1));
  const [height = 1, width = 1] = args.size.map((size, at) => size + 2 * (args.padding[at] ?? 0));
  const places = rows.flatMap((row) =>
    lines.flatMap((line) => row.flatMap((y) => line.map((x) => y * width + x))),
  );
  const [batch = 1, channels = 1] = image;
  const flat = reshape(tape, self, [batch, channels, places.length]);
  const empty = filled(tape, [batch, channels, height * width], 0n, self.dtype);
  const index = tape.node(
    'Expand',
    [tape.constant('int64', [places.length], places), flat.sizes],
    {},
    { sizes: flat.sizes },
  );
  const sum = tape.node(
    'ScatterElements',
    [empty, index, flat],
    { axis: 2, reduction: 'add' },
    { sizes: empty.sizes },
  );
  const whole = reshape(tape, sum, [batch, channels, height, width]);
  const [top = 0, left = 0] = args.padding;
  if (top + left === 0) return whole;
  const ends = [height - top, width - left];
  return tape.node('Slice', [whole, [top, left], ends, [2, 3]], {}, { sizes: image });
}
