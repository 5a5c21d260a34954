import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { permute } from './rearrange';
import { recurrent, type Cell } from './recurrent';

/** torch has input, forget, cell, output; ONNX input, output, forget, cell. */
export const lstm: Cell = { op: 'LSTM', gates: [0, 3, 1, 2] };
/** torch has reset, update, new; ONNX update, reset, new. */
export const gru: Cell = { op: 'GRU', gates: [1, 0, 2] };

/** Layers as their schemas say them. */
export interface Layers {
  params: readonly Tensor[];
  has_biases: boolean;
  num_layers: number;
  bidirectional: boolean;
}

/** Layers as `recurrent` takes them. */
export function layersOf(args: Layers) {
  return {
    weights: args.params,
    hasBiases: args.has_biases,
    layers: args.num_layers,
    isBidirectional: args.bidirectional,
  };
}

/** Layers over a sequence without padding: the outputs, and the last states. */
export function sequence(
  tape: Tape,
  cell: Cell,
  args: Layers & { input: Tensor; batch_first: boolean },
  first: readonly Tensor[],
): Tensor[] {
  const input = args.batch_first ? turned(tape, args.input) : args.input;
  const { output, states } = recurrent(tape, cell, {
    ...layersOf(args),
    input,
    states: first,
    lengths: null,
  });
  return [args.batch_first ? turned(tape, output) : output, ...states];
}

/** With steps and batch the other way around. */
export function turned(tape: Tape, tensor: Tensor): Tensor {
  return permute(
    tape,
    tensor,
    tensor.sizes.map((_, at) => [1, 0][at] ?? at),
  );
}
