import { Gap } from '../gap';
import { aten } from '../operators/aten';
import type { Size } from '../tape/size';
import { times } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Images made larger or smaller: to a size, or by a factor for each of the last dimensions. */
export default aten({
  'aten::upsample_nearest1d(Tensor self, SymInt[1] output_size, float? scales=None) -> Tensor': (
    tape,
    args,
  ) => resized(tape, args.self, args.output_size, [args.scales], nearest),
  'aten::upsample_nearest1d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor': (
    tape,
    args,
  ) => resized(tape, args.input, args.output_size, args.scale_factors, nearest),
  'aten::upsample_nearest2d(Tensor self, SymInt[2] output_size, float? scales_h=None, float? scales_w=None) -> Tensor':
    (tape, args) => resized(tape, args.self, args.output_size, [args.scales_h, args.scales_w], nearest),
  'aten::upsample_nearest2d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor': (
    tape,
    args,
  ) => resized(tape, args.input, args.output_size, args.scale_factors, nearest),
  'aten::upsample_nearest3d(Tensor self, SymInt[3] output_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor':
    (tape, args) =>
      resized(tape, args.self, args.output_size, [args.scales_d, args.scales_h, args.scales_w], nearest),
  'aten::upsample_nearest3d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor': (
    tape,
    args,
  ) => resized(tape, args.input, args.output_size, args.scale_factors, nearest),
  'aten::upsample_linear1d(Tensor self, SymInt[1] output_size, bool align_corners, float? scales=None) -> Tensor':
    (tape, args) =>
      resized(tape, args.self, args.output_size, [args.scales], smooth('linear', args.align_corners)),
  'aten::upsample_linear1d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor':
    (tape, args) =>
      resized(tape, args.input, args.output_size, args.scale_factors, smooth('linear', args.align_corners)),
  'aten::upsample_bilinear2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor':
    (tape, args) =>
      resized(
        tape,
        args.self,
        args.output_size,
        [args.scales_h, args.scales_w],
        smooth('linear', args.align_corners),
      ),
  'aten::upsample_bilinear2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor':
    (tape, args) =>
      resized(tape, args.input, args.output_size, args.scale_factors, smooth('linear', args.align_corners)),
  'aten::upsample_trilinear3d(Tensor self, SymInt[3] output_size, bool align_corners, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor':
    (tape, args) =>
      resized(
        tape,
        args.self,
        args.output_size,
        [args.scales_d, args.scales_h, args.scales_w],
        smooth('linear', args.align_corners),
      ),
  'aten::upsample_trilinear3d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor':
    (tape, args) =>
      resized(tape, args.input, args.output_size, args.scale_factors, smooth('linear', args.align_corners)),
  'aten::upsample_bicubic2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor':
    (tape, args) =>
      resized(
        tape,
        args.self,
        args.output_size,
        [args.scales_h, args.scales_w],
        smooth('cubic', args.align_corners),
      ),
  'aten::upsample_bicubic2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor':
    (tape, args) =>
      resized(tape, args.input, args.output_size, args.scale_factors, smooth('cubic', args.align_corners)),
});

type Way = Readonly<Record<string, string | { float: number }>>;

const nearest: Way = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' };

function smooth(mode: 'linear' | 'cubic', isAligned: boolean): Way {
  const cubic = mode === 'cubic' ? { cubic_coeff_a: { float: -0.75 } } : {};
  // torch samples the one place of a result of size 1 at 0, which is what ONNX calls the PyTorch way.
  return {
    mode,
    coordinate_transformation_mode: isAligned ? 'align_corners' : 'pytorch_half_pixel',
    ...cubic,
  };
}

/** By factors where the program gives them, because they decide where torch samples; else to a size. */
function resized(
  tape: Tape,
  self: Tensor,
  output: readonly Size[] | null,
  factors: readonly (number | null)[] | null,
  way: Way,
): Tensor {
  const scales = factors?.filter((factor) => factor !== null) ?? [];
  const outer = self.sizes.slice(0, 2);
  const inner = self.sizes.slice(2);
  const given = output ?? inner.map((size, at) => scaled(size, scales[at] ?? 1));
  const sizes = [...outer, ...given];
  if (scales.length < inner.length) return tape.node('Resize', [self, null, null, sizes], way, { sizes });
  const list = tape.constant('float32', [self.rank], [1, 1, ...scales]);
  return tape.node('Resize', [self, null, list], way, { sizes });
}

function scaled(size: Size, factor: number): Size {
  if (typeof size === 'number') return Math.floor(size * factor);
  if (Number.isInteger(factor)) return times(size, factor);
  throw new Gap('a factor that is no whole number on a size that comes when the model runs');
}
