import { op } from '../op';

export default op({
  type: 'NonMaxSuppression',
  since: 10,
  says: 'The boxes that are left when those that overlap a better one too much are dropped.',
  inputs: [2, 5],
  infer: () => [{ dtype: 'int64', shape: [null, 3] }],
});
