import { aten } from '../operators/aten';
import { Gap } from '../gap';
import { slice, squeeze, unsqueeze } from '../parts/rearrange';
import { reduce } from '../parts/reduce';
import type { Size } from '../tape/size';
import { isSame, quotient } from '../tape/symint';
import { joined } from '../parts/join';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Pooling to an output of a given size: window by window where the sizes do not divide. */
export default aten({
  'aten::adaptive_avg_pool1d(Tensor self, int[1] output_size) -> Tensor': (tape, { self, output_size }) =>
    adapted(tape, 'mean', self, output_size),
  'aten::adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor': (tape, { self, output_size }) =>
    adapted(tape, 'mean', self, output_size),
  'aten::adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor': (tape, { self, output_size }) =>
    adapted(tape, 'mean', self, output_size),
  'aten::_adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor': (tape, { self, output_size }) =>
    adapted(tape, 'mean', self, output_size),
  'aten::_adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor': (tape, { self, output_size }) =>
    adapted(tape, 'mean', self, output_size),
  'aten::adaptive_max_pool1d(Tensor self, int[1] output_size) -> (Tensor, Tensor)': (
    tape,
    { self, output_size },
  ) => [adapted(tape, 'max', self, output_size), null],
  'aten::adaptive_max_pool2d(Tensor self, int[2] output_size) -> (Tensor, Tensor)': (
    tape,
    { self, output_size },
  ) => [adapted(tape, 'max', self, output_size), null],
  'aten::adaptive_max_pool3d(Tensor self, int[3] output_size) -> (Tensor, Tensor)': (
    tape,
    { self, output_size },
  ) => [adapted(tape, 'max', self, output_size), null],
});

const operators = {
  mean: { whole: 'GlobalAveragePool', even: 'AveragePool', part: 'ReduceMean' },
  max: { whole: 'GlobalMaxPool', even: 'MaxPool', part: 'ReduceMax' },
} as const;

function adapted(tape: Tape, way: keyof typeof operators, self: Tensor, output: readonly Size[]): Tensor {
  const spatial = output.length;
  if (self.rank === spatial + 1)
    return squeeze(tape, adapted(tape, way, unsqueeze(tape, self, 0), output), 0);
  const { whole, even } = operators[way];
  const input = self.sizes.slice(2);
  const sizes = [...self.sizes.slice(0, 2), ...output];
  if (output.every((size) => size === 1)) return tape.node(whole, [self], {}, { sizes });
  if (output.every((size, at) => isSame(size, input[at]))) return self.copy();
  const windows = output.map((size, at) => quotient(input[at] ?? 1, size));
  const kernel = windows.filter((size) => typeof size === 'number');
  if (kernel.length === spatial)
    return tape.node(even, [self], { kernel_shape: kernel, strides: kernel }, { sizes });
  return output.reduce<Tensor>((tensor, size, at) => alongOne(tape, way, tensor, at + 2, size), self);
}

/** Along one dimension, from floor(i · n / m) to ceil((i + 1) · n / m) for each place i of m. */
function alongOne(tape: Tape, way: keyof typeof operators, self: Tensor, dim: number, size: Size): Tensor {
  const from = self.size(dim);
  if (isSame(from, size)) return self;
  if (size === 1) return reduce(tape, operators[way].part, self, [dim], true);
  if (typeof from !== 'number' || typeof size !== 'number') {
    throw new Gap('pooling to a size that does not divide one that comes when the model runs');
  }
  const parts = Array.from({ length: size }, (_, at) => {
    const [start, end] = [Math.floor((at * from) / size), Math.ceil(((at + 1) * from) / size)];
    return reduce(
      tape,
      operators[way].part,
      slice(tape, self, dim, [start, end, 1], end - start),
      [dim],
      true,
    );
  });
  return joined(tape, parts, dim);
}
