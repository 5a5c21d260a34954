import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { permute, reshape } from '../parts/rearrange';
import { floorDivide, times } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Channels become places and places channels. */
export default aten({
  'aten::pixel_shuffle(Tensor self, int upscale_factor) -> Tensor': (tape, { self, upscale_factor: by }) => {
    const [height, width, channels] = [self.size(-2), self.size(-1), self.size(-3)];
    const outer = self.sizes.slice(0, -3);
    const sizes = [...outer, floorDivide(channels, by * by), times(height, by), times(width, by)];
    if (self.rank === 4) return tape.node('DepthToSpace', [self], { blocksize: by, mode: 'CRD' }, { sizes });
    const apart = reshape(tape, self, [...outer, floorDivide(channels, by * by), by, by, height, width]);
    const n = outer.length;
    const order = [...outer.keys(), n, n + 3, n + 1, n + 4, n + 2];
    return reshape(tape, permute(tape, apart, order), sizes);
  },
  'aten::pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor': (
    tape,
    { self, downscale_factor: by },
  ) => {
    const [height, width] = [floorDivide(self.size(-2), by), floorDivide(self.size(-1), by)];
    const outer = self.sizes.slice(0, -2);
    const apart = reshape(tape, self, [...outer, height, by, width, by]);
    const n = outer.length;
    const turned = permute(tape, apart, [...outer.keys(), n + 1, n + 3, n, n + 2]);
    return reshape(tape, turned, [...outer.slice(0, -1), times(outer.at(-1) ?? 1, by * by), height, width]);
  },
  'aten::channel_shuffle(Tensor self, int groups) -> Tensor': (tape, { self, groups }) => {
    const [batch = 1, channels = 1, ...rest] = self.sizes;
    const apart = reshape(tape, self, [batch, groups, floorDivide(channels, groups), ...rest]);
    const order = [0, 2, 1, ...rest.map((_, at) => at + 3)];
    return reshape(tape, permute(tape, apart, order), self.sizes);
  },
  'aten::grid_sampler_2d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor':
    sampled,
  'aten::grid_sampler(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor':
    sampled,
});

interface Sampling {
  input: Tensor;
  grid: Tensor;
  interpolation_mode: number;
  padding_mode: number;
  align_corners: boolean;
}

function sampled(tape: Tape, args: Sampling): Tensor {
  const mode = ['bilinear', 'nearest', 'bicubic'][args.interpolation_mode];
  const padding_mode = ['zeros', 'border', 'reflection'][args.padding_mode];
  if (mode === undefined || padding_mode === undefined) throw new Gap('a way of sampling that is not known');
  if (args.input.rank !== 4) throw new Gap('samples of volumes');
  // The modes have other names from operator set 20 on.
  const named = tape.opset >= 20 ? mode.replace('bilinear', 'linear').replace('bicubic', 'cubic') : mode;
  return tape.node('GridSample', [args.input, args.grid], {
    mode: named,
    padding_mode,
    align_corners: args.align_corners ? 1 : 0,
  });
}
