import { settled } from '../loops';
import { op, unknown, type Known } from '../op';

export default op({
  type: 'Loop',
  since: 1,
  says: 'A graph run again and again, a number of times or while a condition holds.',
  inputs: [2, Infinity],
  outputs: [1, Infinity],
  requires: ['body'],
  infer(site) {
    const first = site.node.inputs.slice(2).map((_, at) => site.input(at + 2));
    const round: Known = { dtype: 'int64', shape: [] };
    const condition: Known = { dtype: 'bool', shape: [] };
    const { states, outputs } = settled(first, (carried) => {
      const given = site.body('body', [round, condition, ...carried]);
      return given && given.slice(1);
    });
    const stacked = outputs.map(({ dtype, shape }): Known => ({ dtype, shape: shape && [null, ...shape] }));
    return site.node.outputs.map((_, at) => [...states, ...stacked][at] ?? unknown);
  },
  // What runs inside is not known before it runs.
  macs: () => null,
});
