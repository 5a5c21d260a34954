import { dtypeNumbers } from '../dtype-numbers';
import { op } from '../op';

export default op({
  type: 'Cast',
  since: 1,
  says: 'The same numbers as another type.',
  breaks: [6],
  infer(site) {
    const { shape, ints } = site.input(0);
    return [{ dtype: dtypeNumbers[site.int('to', 0)] ?? null, shape, ints: ints ?? null }];
  },
});
