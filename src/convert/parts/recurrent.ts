import { Gap } from '../gap';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { permute, reshape, slice, squeeze, unsqueeze } from './rearrange';
import { joined } from './join';

/** What torch's LSTM, GRU and RNN have in common, as their schemas say it. */
export interface Recurrence {
  /** `[steps, batch, features]`. */
  input: Tensor;
  /** The first states `[layers · directions, batch, hidden]`: hidden, and for an LSTM the cell's. */
  states: readonly Tensor[];
  /** Layer by layer, direction by direction: input weight, recurrent weight and, if there are, two biases. */
  weights: readonly Tensor[];
  hasBiases: boolean;
  layers: number;
  isBidirectional: boolean;
  /** How many steps each of the batch has, int64 `[batch]`; `null` where all have all. */
  lengths: Tensor | null;
}

/** An ONNX operator and the order of its gates by torch's: the first gate of ONNX is torch's gate `gates[0]`. */
export interface Cell {
  op: 'LSTM' | 'GRU' | 'RNN';
  gates: readonly number[];
  activation?: string;
}

/** The outputs of the last layer `[steps, batch, directions · hidden]`, and the last states of all layers. */
export function recurrent(tape: Tape, cell: Cell, given: Recurrence): { output: Tensor; states: Tensor[] } {
  const directions = given.isBidirectional ? 2 : 1;
  const each = given.hasBiases ? 4 : 2;
  if (given.weights.length !== given.layers * directions * each)
    throw new Gap('a recurrent layer with projections');
  const features = given.input.size(-1);
  if (typeof features === 'number' && features !== given.weights[0]?.size(1))
    throw new Gap(`an input of ${features} features, where the weights take others`);
  let output = given.input;
  const last: Tensor[][] = [];
  for (let layer = 0; layer < given.layers; layer++) {
    const from = layer * directions;
    const weights = Array.from({ length: directions }, (_, at) =>
      given.weights.slice((from + at) * each, (from + at + 1) * each),
    );
    const states = given.states.map((state) =>
      given.layers === 1 ? state : slice(tape, state, 0, [from, from + directions, 1], directions),
    );
    const made = oneLayer(tape, cell, output, weights, states, given.lengths);
    output = made.output;
    last.push(made.states);
  }
  const states = given.states.map((_, at) =>
    joined(
      tape,
      last.flatMap((layer) => layer[at] ?? []),
      0,
    ),
  );
  return { output, states };
}

function oneLayer(
  tape: Tape,
  cell: Cell,
  input: Tensor,
  directions: readonly (readonly Tensor[])[],
  states: readonly Tensor[],
  lengths: Tensor | null,
): { output: Tensor; states: Tensor[] } {
  const hidden = directions[0]?.[1]?.size(1);
  if (typeof hidden !== 'number') throw new Gap('a recurrent layer whose width comes when the model runs');
  const stacked = (parts: readonly Tensor[]) =>
    joined(
      tape,
      parts.map((part) => unsqueeze(tape, part, 0)),
      0,
    );
  const ordered = (weight: Tensor) => gatesInOrder(tape, weight, cell.gates, hidden);
  const pick = (at: number) => directions.flatMap((weights) => weights[at] ?? []).map(ordered);
  const [inputs, recurrences, first, second] = [0, 1, 2, 3].map(pick);
  const biases = first?.map((bias, at) => joined(tape, [bias, second?.[at] ?? bias], 0)) ?? [];
  const names = directions.map(() => cell.activation ?? '').filter(Boolean);
  const [steps = 1, batch = 1] = input.sizes;
  const state = { sizes: [directions.length, batch, hidden] };
  const [whole, ...last] = tape.nodes(
    cell.op,
    [
      input,
      stacked(inputs ?? []),
      stacked(recurrences ?? []),
      biases.length > 0 ? stacked(biases) : null,
      lengths && tape.cast(lengths, 'int32'),
      ...states,
    ],
    {
      hidden_size: hidden,
      ...(directions.length === 2 && { direction: 'bidirectional' }),
      ...(cell.op === 'GRU' && { linear_before_reset: 1 }),
    },
    [{ sizes: [steps, directions.length, batch, hidden] }, ...states.map(() => state)],
    names.length > 0
      ? { activations: { kind: 'strings', value: names.map((name) => new TextEncoder().encode(name)) } }
      : {},
  );
  if (whole === undefined) throw new Gap('a layer without output');
  const output =
    directions.length === 1
      ? squeeze(tape, whole, 1)
      : reshape(tape, permute(tape, whole, [0, 2, 1, 3]), [steps, batch, 2 * hidden]);
  return { output, states: last };
}

/** The rows of each gate in ONNX's order. */
function gatesInOrder(tape: Tape, weight: Tensor, gates: readonly number[], hidden: number): Tensor {
  if (gates.every((gate, at) => gate === at)) return weight;
  const parts = gates.map((gate) => slice(tape, weight, 0, [gate * hidden, (gate + 1) * hidden, 1], hidden));
  return tape.node('Concat', parts, { axis: 0 }, { sizes: weight.sizes });
}
