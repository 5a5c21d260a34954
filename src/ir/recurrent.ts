import { fixedCount, mapDim } from './dims';
import { op, type Arity, type Operator } from './op';

/** LSTM, GRU and RNN: `[steps, batch, features]` to `[steps, directions, batch, hidden]` and the last states. */
export function recurrent(words: {
  type: string;
  says: string;
  states: number;
  inputs: Arity;
  outputs: Arity;
}): Operator {
  const { states, ...rest } = words;
  return op({
    ...rest,
    since: 1,
    breaks: [7],
    infer(site) {
      const { dtype, shape } = site.input(0);
      const [stacked = null, , recurred = null] = site.input(2).shape ?? [];
      const directions = site.string('direction', 'forward') === 'bidirectional' ? 2 : (stacked ?? 1);
      const size = site.int('hidden_size', 0);
      const hidden = size > 0 ? size : recurred;
      const batchFirst = site.int('layout', 0) === 1;
      const [first = null, second = null] = shape ?? [];
      const whole = batchFirst ? [first, second, directions, hidden] : [first, directions, second, hidden];
      const last = batchFirst ? [first, directions, hidden] : [directions, second, hidden];
      return [{ dtype, shape: whole }, ...Array.from({ length: states }, () => ({ dtype, shape: last }))];
    },
    macs(site) {
      const [steps, batch] = site.input(0).shape ?? [];
      const weights = [fixedCount(site.input(1).shape), fixedCount(site.input(2).shape)];
      if (weights[0] == null || weights[1] == null || typeof steps !== 'number') return null;
      const count = weights[0] + weights[1];
      const macs = mapDim(batch, (samples) => samples * steps * count);
      return typeof macs === 'number' ? macs : null;
    },
  });
}
