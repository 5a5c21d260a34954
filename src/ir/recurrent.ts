import { fixedCount, mapDim } from './dims';
import { op, type Operator } from './op';

/** LSTM, GRU and RNN: `[steps, batch, features]` to `[steps, directions, batch, hidden]` and the last states. */
export function recurrent(words: { type: string; says: string; states: number }): Operator {
  const { states, ...rest } = words;
  return op({
    ...rest,
    since: 1,
    breaks: [7],
    infer(site) {
      const { dtype, shape } = site.input(0);
      const [directions = null, , hidden = null] = site.input(2).shape ?? [];
      const batchFirst = site.int('layout', 0) === 1;
      const [steps = null, batch = null] = shape ?? [];
      const whole = batchFirst ? [steps, batch, directions, hidden] : [steps, directions, batch, hidden];
      const last = batchFirst ? [steps, directions, hidden] : [directions, batch, hidden];
      const known = shape === null ? null : last;
      return [
        { dtype, shape: shape === null ? null : whole },
        ...Array.from({ length: states }, () => ({ dtype, shape: known })),
      ];
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
