import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { expand, padRank, reshape } from '../parts/rearrange';
import { reduce } from '../parts/reduce';
import type { Size } from '../tape/size';
import { floorDivide, productOf } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Numbers brought to mean 0 and variance 1, over a batch, a layer, a group of channels or each alone. */
export default aten({
  'aten::batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps, bool cudnn_enabled) -> Tensor':
    (tape, args) => batchNorm(tape, args),
  'aten::native_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)':
    (tape, args) => [batchNorm(tape, args), null, null],
  'aten::_native_batch_norm_legit_no_training(Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, Tensor running_var, float momentum, float eps) -> (Tensor, Tensor, Tensor)':
    (tape, args) => [batchNorm(tape, { ...args, training: false }), null, null],
  'aten::_native_batch_norm_legit(Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, Tensor running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)':
    (tape, args) => [batchNorm(tape, args), null, null],
  'aten::_native_batch_norm_legit_functional(Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, Tensor running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor, Tensor running_mean_out, Tensor running_var_out)':
    // What it makes of the running statistics is for training on.
    (tape, args) => [batchNorm(tape, args), null, null, args.running_mean, args.running_var],
  'aten::instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool use_input_stats, float momentum, float eps, bool cudnn_enabled) -> Tensor':
    (tape, args) => {
      if (!args.use_input_stats) return batchNorm(tape, { ...args, training: false });
      const [scale, bias] = affine(tape, args.input, args.weight, args.bias);
      return tape.node('InstanceNormalization', [args.input, scale, bias], { epsilon: { float: args.eps } });
    },
  'aten::layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enable=True) -> Tensor':
    (tape, args) => layerNorm(tape, args.input, args.normalized_shape, args.weight, args.bias, args.eps),
  'aten::native_layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight, Tensor? bias, float eps) -> (Tensor, Tensor, Tensor)':
    (tape, args) => [
      layerNorm(tape, args.input, args.normalized_shape, args.weight, args.bias, args.eps),
      null,
      null,
    ],
  'aten::group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enabled=True) -> Tensor':
    (tape, args) => groupNorm(tape, args.input, args.num_groups, args.weight, args.bias, args.eps),
  'aten::native_group_norm(Tensor input, Tensor? weight, Tensor? bias, SymInt N, SymInt C, SymInt HxW, int group, float eps) -> (Tensor, Tensor, Tensor)':
    (tape, args) => [groupNorm(tape, args.input, args.group, args.weight, args.bias, args.eps), null, null],
  'aten::rms_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor': (
    tape,
    { input, normalized_shape, weight, eps },
  ) => {
    const dims = normalized_shape.map((_, at) => at - normalized_shape.length);
    const square = reduce(tape, 'ReduceMean', tape.node('Mul', [input, input]), dims, true);
    // Without one torch takes the distance from 1 to the next number of 32 bits.
    const root = tape.node('Sqrt', [tape.node('Add', [square, eps ?? 2 ** -23])]);
    const scaled = tape.node('Div', [input, root]);
    return weight === null ? scaled : tape.node('Mul', [scaled, weight]);
  },
});

interface BatchNorm {
  input: Tensor;
  weight: Tensor | null;
  bias: Tensor | null;
  running_mean: Tensor | null;
  running_var: Tensor | null;
  training: boolean;
  eps: number;
}

function batchNorm(tape: Tape, args: BatchNorm): Tensor {
  const { input, running_mean: mean, running_var: variance, eps } = args;
  const [scale, bias] = affine(tape, input, args.weight, args.bias);
  if (args.training || mean === null || variance === null) return overBatch(tape, args, scale, bias);
  return tape.node('BatchNormalization', [input, scale, bias, mean, variance], { epsilon: { float: eps } });
}

/** Mean and variance of this batch, over everything but the channels. */
function overBatch(tape: Tape, { input, eps }: BatchNorm, scale: Tensor, bias: Tensor): Tensor {
  const dims = input.sizes.map((_, at) => at).filter((at) => at !== 1);
  const apart = tape.node('Sub', [input, reduce(tape, 'ReduceMean', input, dims, true)]);
  const variance = reduce(tape, 'ReduceMean', tape.node('Mul', [apart, apart]), dims, true);
  const normal = tape.node('Div', [apart, tape.node('Sqrt', [tape.node('Add', [variance, eps])])]);
  const sizes = input.sizes.slice(1).map((size, at): Size => (at === 0 ? size : 1));
  const [factor, offset] = [scale, bias].map((one) => reshape(tape, one, sizes));
  return tape.node('Add', [tape.node('Mul', [normal, factor ?? scale]), offset ?? bias]);
}

/** Scales and offsets of the channels; ones and zeros where a layer has none. */
function affine(tape: Tape, input: Tensor, weight: Tensor | null, bias: Tensor | null): [Tensor, Tensor] {
  const channels = input.size(1);
  if ((weight === null || bias === null) && typeof channels !== 'number') {
    throw new Gap('how many channels there are is known only when the model runs');
  }
  const filled = (value: number) => {
    const count = Number(channels);
    return tape.constant(input.dtype, [count], new Array<number>(count).fill(value));
  };
  return [weight ?? filled(1), bias ?? filled(0)];
}

/** One node from operator set 17 on. */
export function layerNorm(
  tape: Tape,
  input: Tensor,
  sizes: readonly Size[],
  weight: Tensor | null,
  bias: Tensor | null,
  eps: number,
): Tensor {
  const attributes = { axis: -sizes.length, epsilon: { float: eps } };
  const scale = weight ?? ones(tape, input, sizes);
  return tape.node('LayerNormalization', [input, scale, bias], attributes, { sizes: input.sizes });
}

function ones(tape: Tape, input: Tensor, sizes: readonly Size[]): Tensor {
  return expand(tape, padRank(tape, tape.constant(input.dtype, [], [1]), sizes.length), sizes);
}

/** Groups of channels as the channels of an instance normalization, whose scales come afterwards. */
function groupNorm(
  tape: Tape,
  input: Tensor,
  groups: number,
  weight: Tensor | null,
  bias: Tensor | null,
  eps: number,
): Tensor {
  const [batch, channels = 1, ...rest] = input.sizes;
  const each = floorDivide(productOf([channels, ...rest]), groups);
  const grouped = reshape(tape, input, [batch ?? 1, groups, each]);
  const [scale, zero] = [1, 0].map((value) =>
    tape.constant(input.dtype, [groups], new Array<number>(groups).fill(value)),
  );
  const normal = tape.node('InstanceNormalization', [grouped, scale ?? null, zero ?? null], {
    epsilon: { float: eps },
  });
  const shaped = reshape(tape, normal, input.sizes);
  const column = (one: Tensor) => reshape(tape, one, [channels, ...rest.map(() => 1)]);
  const scaled = weight === null ? shaped : tape.node('Mul', [shaped, column(weight)]);
  return bias === null ? scaled : tape.node('Add', [scaled, column(bias)]);
}
