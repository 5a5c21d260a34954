import { smallNumbers } from '../small-numbers';
import { fixedCount } from '../dims';
import { op } from '../op';

export default op({
  type: 'ConstantOfShape',
  since: 9,
  says: 'A tensor of given dimensions filled with one value.',
  inputs: [1, 1],
  infer(site) {
    const value = site.tensor('value');
    const shape = site.input(0).elements ?? null;
    const count = fixedCount(shape);
    const [fill] = (value && smallNumbers(value)) ?? [];
    const elements =
      count !== null && count <= 64 && fill !== undefined ? new Array<typeof fill>(count).fill(fill) : null;
    return [{ dtype: value?.dtype ?? 'float32', shape, elements }];
  },
});
