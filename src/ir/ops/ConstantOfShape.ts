import { fixedCount, ofRank } from '../dims';
import { op } from '../op';
import { smallNumbers } from '../small-numbers';

export default op({
  type: 'ConstantOfShape',
  since: 9,
  says: 'A tensor of given dimensions filled with one value.',
  inputs: [1, 1],
  infer(site) {
    const value = site.tensor('value');
    const asked = site.input(0);
    const [rank = null] = asked.shape ?? [];
    const shape = asked.elements ?? (typeof rank === 'number' ? ofRank(rank) : null);
    const count = fixedCount(shape);
    const [fill = null] = value ? (smallNumbers(value) ?? []) : [0];
    const elements =
      count !== null && count <= 64 && fill !== null ? Array.from({ length: count }, () => fill) : null;
    return [{ dtype: value?.dtype ?? 'float32', shape, elements }];
  },
});
