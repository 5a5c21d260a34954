import { smallInts } from '../small-ints';
import { fixedCount } from '../dims';
import { op } from '../op';

export default op({
  type: 'ConstantOfShape',
  since: 9,
  says: 'A tensor of given dimensions filled with one value.',
  infer(site) {
    const value = site.tensor('value');
    const shape = site.input(0).ints ?? null;
    const count = fixedCount(shape);
    const [fill] = (value && smallInts(value)) ?? [];
    const ints =
      count !== null && count <= 64 && fill !== undefined ? new Array<typeof fill>(count).fill(fill) : null;
    return [{ dtype: value?.dtype ?? 'float32', shape, ints }];
  },
});
