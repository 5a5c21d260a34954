import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { squeeze, unsqueeze } from '../parts/rearrange';
import { placesOf, spreadOf, windowAttributes, type Window } from '../parts/windows';
import { FixedSize } from '../tape/meeting';
import { dimOf, namesIn, type Size } from '../tape/size';
import { times } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Filters `[out, in / groups, ...kernel]` moved over `[N, in, ...]`; transposed ones are `[in, out / groups, ...kernel]`. */
export default aten({
  'aten::conv1d(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=1, int[1] padding=0, int[1] dilation=1, int groups=1) -> Tensor':
    convolve,
  'aten::conv2d(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=1, int[2] padding=0, int[2] dilation=1, int groups=1) -> Tensor':
    convolve,
  'aten::conv3d(Tensor input, Tensor weight, Tensor? bias=None, int[3] stride=1, int[3] padding=0, int[3] dilation=1, int groups=1) -> Tensor':
    convolve,
  'aten::conv1d.padding(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=1, str padding="valid", int[1] dilation=1, int groups=1) -> Tensor':
    convolve,
  'aten::conv2d.padding(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=1, str padding="valid", int[2] dilation=1, int groups=1) -> Tensor':
    convolve,
  'aten::conv3d.padding(Tensor input, Tensor weight, Tensor? bias=None, int[3] stride=1, str padding="valid", int[3] dilation=1, int groups=1) -> Tensor':
    convolve,
  'aten::conv_transpose1d(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=1, int[1] padding=0, int[1] output_padding=0, int groups=1, int[1] dilation=1) -> Tensor':
    transposed,
  'aten::conv_transpose2d.input(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=1, int[2] padding=0, int[2] output_padding=0, int groups=1, int[2] dilation=1) -> Tensor':
    transposed,
  'aten::conv_transpose3d.input(Tensor input, Tensor weight, Tensor? bias=None, int[3] stride=1, int[3] padding=0, int[3] output_padding=0, int groups=1, int[3] dilation=1) -> Tensor':
    transposed,
  'aten::convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups) -> Tensor':
    (tape, args) => either(tape, args as Either),
  'aten::_convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups, bool benchmark, bool deterministic, bool cudnn_enabled, bool allow_tf32) -> Tensor':
    (tape, args) => either(tape, args as Either),
  'aten::_convolution.deprecated(Tensor input, Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] dilation, bool transposed, int[] output_padding, int groups, bool benchmark, bool deterministic, bool cudnn_enabled) -> Tensor':
    either,
});

interface Convolution {
  input: Tensor;
  weight: Tensor;
  bias: Tensor | null;
  stride: readonly number[];
  padding: readonly number[] | string;
  dilation: readonly number[];
  groups: number;
}

interface Transposed extends Convolution {
  padding: readonly number[];
  output_padding: readonly number[];
}

interface Either extends Transposed {
  transposed: boolean;
}

function either(tape: Tape, args: Either): Tensor {
  const rank = args.weight.rank - 2;
  const full = (list: readonly number[]) =>
    list.length === 1 ? new Array<number>(rank).fill(list[0] ?? 0) : list;
  const lists = { stride: full(args.stride), padding: full(args.padding), dilation: full(args.dilation) };
  const whole = { ...args, ...lists, output_padding: full(args.output_padding) };
  return args.transposed ? transposed(tape, whole) : convolve(tape, whole);
}

/** A convolution; an input without a batch is one of 1. */
export function convolve(tape: Tape, args: Convolution): Tensor {
  const { input, weight, bias, groups } = args;
  const channels = times(weight.size(1), groups);
  if (input.rank !== weight.rank) return alone(tape, args, channels, convolve);
  checkChannels(input, channels);
  const kernel = weight.sizes.slice(2).filter((size) => typeof size === 'number');
  if (kernel.length < weight.rank - 2) return withOpenKernel(tape, args);
  const window = windowOf(args, kernel);
  const sizes = [input.size(0), weight.size(0), ...placesOf(input.sizes.slice(2), window)];
  const attributes = { ...windowAttributes(window), ...(groups !== 1 && { group: groups }) };
  return tape.node('Conv', [input, weight, bias], attributes, { sizes });
}

/** Filters whose sizes come when the model runs: what ONNX can find out by itself. */
function withOpenKernel(
  tape: Tape,
  { input, weight, bias, stride, padding, dilation, groups }: Convolution,
): Tensor {
  if (typeof padding === 'string' && padding !== 'valid')
    throw new Gap('padding "same" needs a kernel of known size');
  const pads = typeof padding === 'string' ? [] : [...padding, ...padding];
  const attributes = {
    strides: stride,
    dilations: dilation,
    group: groups,
    ...(pads.length > 0 && { pads }),
  };
  return tape.node('Conv', [input, weight, bias], attributes);
}

function windowOf({ stride, padding, dilation }: Convolution, kernel: readonly number[]): Window {
  const pads = kernel.map((size, at): readonly [number, number] => {
    if (typeof padding !== 'string') return [padding[at] ?? 0, padding[at] ?? 0];
    const whole = padding === 'same' ? (size - 1) * (dilation[at] ?? 1) : 0;
    return [Math.floor(whole / 2), Math.ceil(whole / 2)];
  });
  return { kernel, stride, pads, dilation };
}

function transposed(tape: Tape, args: Transposed): Tensor {
  const { input, weight, bias, groups, output_padding: extra } = args;
  if (input.rank !== weight.rank) return alone(tape, args, weight.size(0), transposed);
  checkChannels(input, weight.size(0));
  const kernel = weight.sizes.slice(2).filter((size) => typeof size === 'number');
  if (kernel.length < weight.rank - 2) throw new Gap('a transposed convolution needs a kernel of known size');
  const window = windowOf(args, kernel);
  const sizes = [
    input.size(0),
    times(weight.size(1), groups),
    ...spreadOf(input.sizes.slice(2), window, extra),
  ];
  const attributes = {
    ...windowAttributes(window),
    ...(groups !== 1 && { group: groups }),
    ...(extra.some((more) => more !== 0) && { output_padding: extra }),
  };
  return tape.node('ConvTranspose', [input, weight, bias], attributes, { sizes });
}

/** The convolution of one sample without a batch, if that is what the input is. */
function alone<Args extends Convolution>(
  tape: Tape,
  args: Args,
  channels: Size,
  run: (tape: Tape, args: Args) => Tensor,
): Tensor {
  const { input, weight } = args;
  const [first] = input.sizes;
  const isSample = input.rank === weight.rank - 1 && first !== undefined;
  if (!isSample || dimOf(first) !== dimOf(channels)) {
    const reason = wrongRank(input, weight, channels);
    // A size that was left free may be the channels: it is tried again as a number.
    const names = isSample ? namesIn(first) : [];
    throw names.length > 0 ? new FixedSize(names, reason) : new Gap(reason);
  }
  return squeeze(tape, run(tape, { ...args, input: unsqueeze(tape, args.input, 0) }), 0);
}

/** Sizes that are free meet where the node is recorded. */
function checkChannels(input: Tensor, channels: Size): void {
  const given = input.size(1);
  if (typeof given !== 'number' || typeof channels !== 'number' || given === channels) return;
  throw new Gap(
    `the convolution takes ${channels} channels; its input has ${given}: ${input.sizes.map(dimOf).join(' × ')}`,
  );
}

function wrongRank(input: Tensor, weight: Tensor, channels: Size): string {
  const given = input.sizes.map(dimOf).join(' × ') || 'none';
  const moves = ['', 'one size', 'two sizes', 'three sizes'][weight.rank - 2] ?? 'sizes';
  return `the convolution takes ${weight.rank} dimensions: a batch, ${dimOf(channels)} channels and ${moves}; its input has ${input.rank}: ${given}`;
}
