import { productOf, times } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Packed, Tensor } from '../tape/tensor';
import { permute, reshape } from './rearrange';

/** The data of a packed sequence, step by step without the padding, and how many of the batch have each step. */
export function pack(tape: Tape, { padded, lengths }: Packed): [data: Tensor, batchSizes: Tensor] {
  const [steps = 1, batch = 1, ...rest] = padded.sizes;
  const count = tape.node('Squeeze', [[steps], [0]], {}, { sizes: [] });
  const zero = tape.constant('int64', [], [0]);
  const one = tape.constant('int64', [], [1]);
  const range = tape.node('Unsqueeze', [tape.node('Range', [zero, count, one], {}, { sizes: [steps] }), [1]]);
  const isThere = tape.node('Less', [range, tape.cast(lengths, 'int64')], {}, { sizes: [steps, batch] });
  const rows = reshape(tape, padded, [times(steps, batch), ...rest]);
  const flat = reshape(tape, isThere, [productOf([steps, batch])]);
  const data = tape.node('Compress', [rows, flat], { axis: 0 });
  const counts = tape.node(
    'ReduceSum',
    [tape.cast(isThere, 'int64'), [1]],
    { keepdims: 0 },
    { sizes: [steps] },
  );
  const sizes = tape.node('Compress', [counts, tape.node('Greater', [counts, 0])], { axis: 0 });
  data.packed = { padded, lengths };
  return [data, sizes];
}

/** The padded sequence, as many steps as the longest has. */
export function unpack(tape: Tape, { padded, lengths }: Packed, isBatchFirst: boolean): Tensor {
  const longest = tape.node('ReduceMax', [tape.cast(lengths, 'int64')], { keepdims: 1 }, { sizes: [1] });
  const zero = tape.constant('int64', [1], [0]);
  const whole = tape.node('Slice', [padded, zero, longest, zero]);
  return isBatchFirst
    ? permute(
        tape,
        whole,
        whole.sizes.map((_, at) => [1, 0][at] ?? at),
      )
    : whole;
}
