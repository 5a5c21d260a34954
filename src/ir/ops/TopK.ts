import { axisOf } from '../dims';
import { numbersOf } from '../families';
import { toInputs } from '../moves';
import { op } from '../op';

export default op({
  type: 'TopK',
  since: 1,
  says: 'The k largest or smallest elements along an axis, and where they stand.',
  inputs: [1, 2],
  outputs: [2, 2],
  breaks: [10],
  moves: { 10: toInputs({ k: [1, 'int64'] }) },
  infer(site) {
    const { dtype, shape } = site.input(0);
    const asked = site.int('k', -1);
    const k = asked >= 0 ? asked : (numbersOf(site.input(1).elements)?.[0] ?? null);
    const top = shape && shape.with(axisOf(site.int('axis', -1), shape.length), k);
    return [
      { dtype, shape: top },
      { dtype: 'int64', shape: top },
    ];
  },
});
