import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { unsqueeze } from '../parts/rearrange';
import { scatterRows } from '../parts/scatter';
import type { Size } from '../tape/size';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Sums, means or maxima of rows of a table, bag by bag. */
export default aten({
  'aten::embedding_bag(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int mode=0, bool sparse=False, Tensor? per_sample_weights=None, bool include_last_offset=False) -> (Tensor, Tensor, Tensor, Tensor)':
    (tape, args) => [bags(tape, args), null, null, null],
  'aten::_embedding_bag(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int mode=0, bool sparse=False, Tensor? per_sample_weights=None, bool include_last_offset=False, int padding_idx=-1) -> (Tensor, Tensor, Tensor, Tensor)':
    (tape, args) => {
      if (args.padding_idx >= 0) throw new Gap('bags in which an index counts for nothing');
      return [bags(tape, args), null, null, null];
    },
  'aten::embedding_bag.padding_idx(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq, int mode, bool sparse, Tensor? per_sample_weights, bool include_last_offset, int? padding_idx) -> (Tensor, Tensor, Tensor, Tensor)':
    (tape, args) => {
      if (args.padding_idx !== null) throw new Gap('bags in which an index counts for nothing');
      return [bags(tape, args), null, null, null];
    },
});

interface Bags {
  weight: Tensor;
  indices: Tensor;
  offsets: Tensor;
  mode: number;
  per_sample_weights: Tensor | null;
  include_last_offset: boolean;
}

function bags(tape: Tape, args: Bags): Tensor {
  const { weight, indices, offsets, mode } = args;
  if (args.include_last_offset) throw new Gap('bags whose last offset is given');
  const found = tape.node('Gather', [weight, indices], { axis: 0 });
  const rows = args.per_sample_weights
    ? tape.node('Mul', [found, unsqueeze(tape, args.per_sample_weights, 1)])
    : found;
  const bag = bagOf(tape, indices, offsets);
  const sizes: Size[] = [offsets.size(0), weight.size(1)];
  const empty = (value: number) =>
    tape.node('Expand', [tape.constant(weight.dtype, [], [value]), sizes], {}, { sizes });
  if (mode === 2) return scatterRows(tape, empty(-Infinity), 0, bag, rows, 'max');
  const sum = scatterRows(tape, empty(0), 0, bag, rows, 'add');
  if (mode === 0) return sum;
  const counts = scatterRows(tape, empty(0), 0, bag, tape.constant(weight.dtype, [], [1]), 'add');
  return tape.node('Div', [sum, tape.node('Max', [counts, 1])]);
}

/** Which bag each index is in: the number of offsets that are no larger than its place, less one. */
function bagOf(tape: Tape, indices: Tensor, offsets: Tensor): Tensor {
  const count = indices.size(0);
  const end = tape.scalar(typeof count === 'number' ? BigInt(count) : count, 'int64');
  const places = tape.node(
    'Range',
    [tape.scalar(0n, 'int64'), end, tape.scalar(1n, 'int64')],
    {},
    { sizes: [count] },
  );
  const column = tape.node('Unsqueeze', [places, [1]]);
  const begun = tape.node('LessOrEqual', [tape.cast(offsets, 'int64'), column]);
  const total = tape.node('ReduceSum', [tape.cast(begun, 'int64'), [1]], { keepdims: 0 }, { sizes: [count] });
  return tape.node('Sub', [total, 1]);
}
