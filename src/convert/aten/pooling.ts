import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { squeeze, unsqueeze } from '../parts/rearrange';
import { placesOf, windowAttributes, type Window } from '../parts/windows';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** The largest or the mean under a window that moves over the last dimensions. */
export default aten({
  'aten::max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, int[1] dilation=1, bool ceil_mode=False) -> Tensor':
    (tape, args) => largest(tape, args)[0] ?? args.self,
  'aten::max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor':
    (tape, args) => largest(tape, args)[0] ?? args.self,
  'aten::max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor':
    (tape, args) => largest(tape, args)[0] ?? args.self,
  'aten::max_pool1d_with_indices(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, int[1] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)':
    (tape, args) => withPlaces(tape, args),
  'aten::max_pool2d_with_indices(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)':
    (tape, args) => withPlaces(tape, args),
  'aten::max_pool3d_with_indices(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)':
    (tape, args) => withPlaces(tape, args),
  'aten::avg_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, bool ceil_mode=False, bool count_include_pad=True) -> Tensor':
    mean,
  'aten::avg_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor':
    mean,
  'aten::avg_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor':
    mean,
});

interface Pooling {
  self: Tensor;
  kernel_size: readonly number[];
  stride: readonly number[];
  padding: readonly number[];
  dilation?: readonly number[];
  ceil_mode: boolean;
  count_include_pad?: boolean;
  divisor_override?: number | null;
}

function windowOf({ kernel_size: kernel, stride, padding, dilation }: Pooling): Window {
  return {
    kernel,
    stride: stride.length > 0 ? stride : kernel,
    pads: padding.map((pad): readonly [number, number] => [pad, pad]),
    dilation: dilation ?? kernel.map(() => 1),
  };
}

/** Pooling as `op` does it; an input without a batch is one of 1. */
function pooled(tape: Tape, op: string, args: Pooling, more: Record<string, number>, outputs = 1): Tensor[] {
  const window = windowOf(args);
  const isAlone = args.self.rank === window.kernel.length + 1;
  const input = isAlone ? unsqueeze(tape, args.self, 0) : args.self;
  const spatial = placesOf(input.sizes.slice(2), window, args.ceil_mode);
  const sizes = [...input.sizes.slice(0, 2), ...spatial];
  const attributes = { ...windowAttributes(window), ...(args.ceil_mode && { ceil_mode: 1 }), ...more };
  const made = Array.from({ length: outputs }, () => ({ sizes }));
  const found = tape.nodes(op, [input], attributes, made);
  return isAlone ? found.map((tensor) => squeeze(tape, tensor, 0)) : found;
}

function largest(tape: Tape, args: Pooling, outputs = 1): Tensor[] {
  return pooled(tape, 'MaxPool', args, {}, outputs);
}

/** Where the largest were, counted within one channel as torch counts; ONNX counts through the whole tensor. */
function withPlaces(tape: Tape, args: Pooling): Tensor[] {
  const [values, places] = largest(tape, args, 2);
  if (!values || !places) return [];
  const spatial = args.self.sizes.slice(-args.kernel_size.length);
  const each = spatial.reduce<Tensor>(
    (product, size) =>
      tape.node('Mul', [product, tape.scalar(typeof size === 'number' ? BigInt(size) : size, 'int64')]),
    tape.constant('int64', [], [1]),
  );
  return [values, tape.node('Mod', [places, each])];
}

function mean(tape: Tape, args: Pooling): Tensor {
  const isPadded = args.padding.some((pad) => pad > 0);
  const counts = (args.count_include_pad ?? true) && isPadded ? { count_include_pad: 1 } : {};
  if (args.divisor_override != null && args.ceil_mode)
    throw new Gap('a divisor of its own together with ceil_mode');
  if (args.divisor_override == null) return pooled(tape, 'AveragePool', args, counts)[0] ?? args.self;
  const sum = pooled(tape, 'AveragePool', args, isPadded ? { count_include_pad: 1 } : {})[0] ?? args.self;
  const count = args.kernel_size.reduce((product, size) => product * size, 1);
  return tape.node('Mul', [sum, count / args.divisor_override]);
}
