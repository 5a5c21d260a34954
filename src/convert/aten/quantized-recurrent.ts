import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { PackedCell } from '../operators/packed-weight';
import { dequantized } from '../parts/quantize';
import { gru, lstm, sequence } from '../parts/sequence';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/**
 * Recurrent layers whose weights are steps of scales. torch rounds inputs and states to steps before each product as
 * well; here these stay floats.
 */
export default aten({
  'aten::quantized_lstm.input(Tensor input, Tensor[] hx, __torch__.torch.classes.rnn.CellParamsBase[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first, *, ScalarType? dtype=None, bool use_dynamic=False) -> (Tensor, Tensor, Tensor)':
    (tape, args) => sequence(tape, lstm, { ...args, ...weightsOf(tape, args.params) }, args.hx),
  'aten::quantized_gru.input(Tensor input, Tensor hx, __torch__.torch.classes.rnn.CellParamsBase[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)':
    (tape, args) => sequence(tape, gru, { ...args, ...weightsOf(tape, args.params) }, [args.hx]),
});

/** The weights and biases of all layers and directions, as floats. */
function weightsOf(tape: Tape, cells: readonly unknown[]): { params: Tensor[]; has_biases: boolean } {
  const params = cells.flatMap((cell) => {
    if (!(cell instanceof PackedCell)) throw new Gap('packed weights that were not read');
    return [...cell.weights.map(({ weight }) => dequantized(tape, weight)), ...cell.biases];
  });
  return { params, has_biases: true };
}
