import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { pack, unpack } from '../parts/packed';
import { squeeze, unsqueeze } from '../parts/rearrange';
import { recurrent, type Cell } from '../parts/recurrent';
import { gru, layersOf, lstm, sequence, turned, type Layers } from '../parts/sequence';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Layers that go through a sequence step by step, one over another, in one direction or both. */
export default aten({
  'aten::lstm.input(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor, Tensor)':
    (tape, args) => sequence(tape, lstm, args, args.hx),
  'aten::gru.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)':
    (tape, args) => sequence(tape, gru, args, [args.hx]),
  'aten::rnn_tanh.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)':
    (tape, args) => sequence(tape, tanh, args, [args.hx]),
  'aten::rnn_relu.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)':
    (tape, args) => sequence(tape, relu, args, [args.hx]),
  'aten::lstm.data(Tensor data, Tensor batch_sizes, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor, Tensor)':
    (tape, args) => packedSequence(tape, lstm, args, args.hx),
  'aten::gru.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)':
    (tape, args) => packedSequence(tape, gru, args, [args.hx]),
  'aten::rnn_tanh.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)':
    (tape, args) => packedSequence(tape, tanh, args, [args.hx]),
  'aten::_pack_padded_sequence(Tensor input, Tensor lengths, bool batch_first) -> (Tensor, Tensor)': (
    tape,
    { input, lengths, batch_first },
  ) => pack(tape, { padded: batch_first ? turned(tape, input) : input, lengths }),
  'aten::_pad_packed_sequence(Tensor data, Tensor batch_sizes, bool batch_first, Scalar padding_value, int total_length) -> (Tensor, Tensor)':
    (tape, { data, batch_first, padding_value, total_length }) => {
      const { packed } = data;
      if (packed === null) throw new Gap('a packed sequence whose data were changed');
      if (Number(padding_value) !== 0 || total_length > 0)
        throw new Gap('padding with a value or to a length of its own');
      return [unpack(tape, packed, batch_first), packed.lengths];
    },
  'aten::lstm_cell(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> (Tensor, Tensor)':
    (tape, args) => step(tape, lstm, args, args.hx),
  'aten::gru_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor':
    (tape, args) => step(tape, gru, args, [args.hx])[0] ?? args.hx,
  'aten::rnn_tanh_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor':
    (tape, args) => step(tape, tanh, args, [args.hx])[0] ?? args.hx,
  'aten::rnn_relu_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor':
    (tape, args) => step(tape, relu, args, [args.hx])[0] ?? args.hx,
});

const tanh: Cell = { op: 'RNN', gates: [0] };
const relu: Cell = { op: 'RNN', gates: [0], activation: 'Relu' };

function packedSequence(
  tape: Tape,
  cell: Cell,
  args: Layers & { data: Tensor },
  first: readonly Tensor[],
): Tensor[] {
  const { packed } = args.data;
  if (packed === null) throw new Gap('a packed sequence whose data were changed');
  const { padded: input, lengths } = packed;
  const { output, states } = recurrent(tape, cell, { ...layersOf(args), input, states: first, lengths });
  const [data] = pack(tape, { padded: output, lengths });
  return [data, ...states];
}

interface Step {
  input: Tensor;
  w_ih: Tensor;
  w_hh: Tensor;
  b_ih: Tensor | null;
  b_hh: Tensor | null;
}

/** One step is a sequence of 1. */
function step(tape: Tape, cell: Cell, args: Step, first: readonly Tensor[]): Tensor[] {
  const biases = [args.b_ih, args.b_hh].filter((bias) => bias !== null);
  const input = unsqueeze(tape, args.input, 0);
  const states = first.map((state) => unsqueeze(tape, state, 0));
  const rest = { layers: 1, isBidirectional: false, lengths: null, hasBiases: biases.length === 2 };
  const found = recurrent(tape, cell, { ...rest, input, states, weights: [args.w_ih, args.w_hh, ...biases] });
  return found.states.map((state) => squeeze(tape, state, 0));
}
