import { aten } from '../operators/aten';
import { Gap } from '../gap';
import { PackedWeight } from '../operators/packed-weight';
import { dequantized, requantized } from '../parts/quantize';
import { joined } from '../parts/join';
import { squeeze } from '../parts/rearrange';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { convolve } from './convolution';
import { linear } from './linear';

/** Layers on steps of scales, written as floats between steps, which runtimes put together again. */
export default aten({
  'quantized::conv1d(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor':
    (tape, args) =>
      convolution(tape, { ...args, packed_weight: ofLine(tape, packed(args.packed_weight)) }, false),
  'quantized::conv2d.new(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor':
    (tape, args) => convolution(tape, args, false),
  'quantized::conv2d_relu.new(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor':
    (tape, args) => convolution(tape, args, true),
  'quantized::linear(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, float Y_scale_i, int Y_zero_point_i) -> Tensor':
    (tape, args) => dense(tape, args, false),
  'quantized::linear_relu(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, float Y_scale_i, int Y_zero_point_i) -> Tensor':
    (tape, args) => dense(tape, args, true),
  'quantized::linear_dynamic(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, bool reduce_range=False) -> Tensor':
    (tape, { X, W_prepack }) => dynamic(tape, X, W_prepack),
  'quantized::linear_relu_dynamic(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, bool reduce_range=False) -> Tensor':
    (tape, { X, W_prepack }) => tape.node('Relu', [dynamic(tape, X, W_prepack)]),
  'quantized::linear_dynamic_fp16(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack) -> Tensor':
    (tape, { X, W_prepack }) => {
      const { weight, bias } = packed(W_prepack);
      return linear(tape, X, tape.cast(weight, 'float32'), bias);
    },
  'quantized::add(Tensor qa, Tensor qb, float scale, int zero_point) -> Tensor': (tape, args) =>
    both(tape, 'Add', args),
  'quantized::add_relu(Tensor qa, Tensor qb, float scale, int zero_point) -> Tensor': (tape, args) =>
    both(tape, 'Add', args, true),
  'quantized::mul(Tensor qa, Tensor qb, float scale, int zero_point) -> Tensor': (tape, args) =>
    both(tape, 'Mul', args),
  'quantized::cat(Tensor[] qx, int dim, float? scale, int? zero_point) -> Tensor': (
    tape,
    { qx, dim, scale, zero_point },
  ) => {
    const whole = joined(
      tape,
      qx.map((one) => dequantized(tape, one)),
      dim,
    );
    const like = qx[0]?.quantized;
    const steps = {
      scales: [scale ?? like?.scales[0] ?? 1],
      zeroPoints: [zero_point ?? like?.zeroPoints[0] ?? 0],
      axis: null,
    };
    return requantized(tape, whole, steps, qx[0]?.dtype ?? 'uint8');
  },
  'quantized::relu6(Tensor qx, bool inplace=False) -> Tensor': (tape, { qx }) =>
    again(tape, qx, (x) => tape.node('Clip', [x, 0, 6])),
  'quantized::leaky_relu(Tensor qx, Scalar negative_slope, bool inplace, float output_scale, int output_zero_point) -> Tensor':
    (tape, args) => {
      const bent = tape.node('LeakyRelu', [dequantized(tape, args.qx)], {
        alpha: { float: Number(args.negative_slope) },
      });
      return stepped(tape, bent, args.output_scale, args.output_zero_point, args.qx);
    },
  'quantized::hardswish(Tensor input, float output_scale, int output_zero_point) -> Tensor': (tape, args) =>
    stepped(
      tape,
      tape.node('HardSwish', [dequantized(tape, args.input)]),
      args.output_scale,
      args.output_zero_point,
      args.input,
    ),
  'quantized::sigmoid(Tensor qx, float output_scale, int output_zero_point) -> Tensor': (tape, args) =>
    stepped(
      tape,
      tape.node('Sigmoid', [dequantized(tape, args.qx)]),
      args.output_scale,
      args.output_zero_point,
      args.qx,
    ),
});

function packed(value: unknown): PackedWeight {
  if (!(value instanceof PackedWeight)) throw new Gap('packed weights that were not read');
  return value;
}

function stepped(tape: Tape, tensor: Tensor, scale: number, zeroPoint: number, like: Tensor): Tensor {
  return requantized(tape, tensor, { scales: [scale], zeroPoints: [zeroPoint], axis: null }, like.dtype);
}

function again(tape: Tape, tensor: Tensor, apply: (numbers: Tensor) => Tensor): Tensor {
  const { quantized } = tensor;
  if (quantized === null) throw new Gap('a tensor that is not quantized');
  return requantized(tape, apply(dequantized(tape, tensor)), quantized, tensor.dtype);
}

/** Archives keep what moves along a line as moving along images of one row. */
function ofLine(tape: Tape, line: PackedWeight): PackedWeight {
  const { weight, bias, groups } = line;
  if (weight.rank === 3) return line;
  const row = squeeze(tape, weight, 2);
  row.quantized = weight.quantized;
  const last = (list: readonly number[]) => list.slice(-1);
  const [stride, padding, dilation] = [last(line.stride), last(line.padding), last(line.dilation)];
  return new PackedWeight(row, bias, { stride, padding, dilation, groups });
}

interface Convolved {
  qx: Tensor;
  packed_weight: unknown;
  output_scale: number;
  output_zero_point: number;
}

function convolution(
  tape: Tape,
  { qx, packed_weight, output_scale, output_zero_point }: Convolved,
  hasRelu: boolean,
): Tensor {
  const { weight, bias, stride, padding, dilation, groups } = packed(packed_weight);
  const [input, filters] = [dequantized(tape, qx), dequantized(tape, weight)];
  const found = convolve(tape, { input, weight: filters, bias, stride, padding, dilation, groups });
  return stepped(tape, hasRelu ? tape.node('Relu', [found]) : found, output_scale, output_zero_point, qx);
}

interface Dense {
  X: Tensor;
  W_prepack: unknown;
  Y_scale_i: number;
  Y_zero_point_i: number;
}

function dense(tape: Tape, { X, W_prepack, Y_scale_i, Y_zero_point_i }: Dense, hasRelu: boolean): Tensor {
  const { weight, bias } = packed(W_prepack);
  const found = linear(tape, dequantized(tape, X), dequantized(tape, weight), bias);
  return stepped(tape, hasRelu ? tape.node('Relu', [found]) : found, Y_scale_i, Y_zero_point_i, X);
}

/** The input's scale is found when the model runs, from its smallest and largest number. */
function dynamic(tape: Tape, input: Tensor, weights: unknown): Tensor {
  const { weight, bias } = packed(weights);
  const [steps, scale, zero] = tape.nodes('DynamicQuantizeLinear', [input], {}, [
    { sizes: input.sizes },
    { sizes: [] },
    { sizes: [] },
  ]);
  if (!steps || !scale || !zero) throw new Gap('an input without steps');
  const numbers = tape.node('DequantizeLinear', [steps, scale, zero], {}, { dtype: 'float32' });
  return linear(tape, numbers, dequantized(tape, weight), bias);
}

interface Both {
  qa: Tensor;
  qb: Tensor;
  scale: number;
  zero_point: number;
}

function both(tape: Tape, op: string, { qa, qb, scale, zero_point }: Both, hasRelu = false): Tensor {
  const found = tape.node(op, [dequantized(tape, qa), dequantized(tape, qb)]);
  return stepped(tape, hasRelu ? tape.node('Relu', [found]) : found, scale, zero_point, qa);
}
