import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { dequantized, requantized } from '../parts/quantize';
import { dimOf } from '../parts/rearrange';

/** Numbers as steps of a scale, and back. */
export default aten({
  'aten::quantize_per_tensor(Tensor self, float scale, int zero_point, ScalarType dtype) -> Tensor': (
    tape,
    args,
  ) =>
    requantized(
      tape,
      args.self,
      { scales: [args.scale], zeroPoints: [args.zero_point], axis: null },
      args.dtype,
    ),
  'aten::quantize_per_tensor.tensor_qparams(Tensor self, Tensor scale, Tensor zero_point, ScalarType dtype) -> Tensor':
    (tape, args) => {
      const [scale, zero] = [args.scale.numbers?.[0], args.zero_point.numbers?.[0]];
      if (scale === undefined || zero === undefined) throw new Gap('a scale that comes when the model runs');
      return requantized(tape, args.self, { scales: [scale], zeroPoints: [zero], axis: null }, args.dtype);
    },
  'aten::quantize_per_channel(Tensor self, Tensor scales, Tensor zero_points, int axis, ScalarType dtype) -> Tensor':
    (tape, args) => {
      const [scales, zeroPoints] = [args.scales.numbers, args.zero_points.numbers];
      if (scales === null || zeroPoints === null) throw new Gap('scales that come when the model runs');
      return requantized(
        tape,
        args.self,
        { scales, zeroPoints, axis: dimOf(args.axis, args.self.rank) },
        args.dtype,
      );
    },
  'aten::dequantize.self(Tensor self) -> Tensor': (tape, { self }) =>
    self.quantized ? dequantized(tape, self) : self,
  'aten::int_repr(Tensor self) -> Tensor': (tape, { self }) => tape.tensor(self.content),
  'aten::q_scale(Tensor self) -> float': (_tape, { self }) => self.quantized?.scales[0] ?? 1,
  'aten::q_zero_point(Tensor self) -> int': (_tape, { self }) => self.quantized?.zeroPoints[0] ?? 0,
  'aten::fake_quantize_per_tensor_affine(Tensor self, float scale, int zero_point, int quant_min, int quant_max) -> Tensor':
    (tape, args) => {
      const steps = tape.node('Add', [
        tape.node('Round', [tape.node('Div', [args.self, args.scale])]),
        args.zero_point,
      ]);
      const kept = tape.node('Clip', [steps, args.quant_min, args.quant_max]);
      return tape.node('Mul', [tape.node('Sub', [kept, args.zero_point]), args.scale]);
    },
});
