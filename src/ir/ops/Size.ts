import { product } from '../dims';
import { op } from '../op';

export default op({
  type: 'Size',
  since: 1,
  says: 'The number of elements of a tensor.',
  inputs: [1, 1],
  infer(site) {
    const { shape } = site.input(0);
    return [{ dtype: 'int64', shape: [], elements: shape && [product(shape)] }];
  },
});
