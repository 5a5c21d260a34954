import { dtypeNumbers } from '../dtype-numbers';
import { op } from '../op';

export default op({
  type: 'Cast',
  since: 1,
  says: 'The same numbers as another type.',
  inputs: [1, 1],
  requires: ['to'],
  breaks: [6],
  infer(site) {
    const { shape, elements } = site.input(0);
    return [{ dtype: dtypeNumbers[site.int('to', 0)] ?? null, shape, elements: elements ?? null }];
  },
});
