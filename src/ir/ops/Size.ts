import { fixedCount } from '../dims';
import { op } from '../op';

export default op({
  type: 'Size',
  since: 1,
  says: 'The number of elements of a tensor.',
  inputs: [1, 1],
  infer(site) {
    const count = fixedCount(site.input(0).shape);
    return [{ dtype: 'int64', shape: [], elements: count === null ? null : [count] }];
  },
});
