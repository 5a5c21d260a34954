import { elementwise } from '../families';

export default elementwise({
  type: 'RMSNormalization',
  since: 23,
  says: 'Each vector divided by the root of its mean square, then scaled.',
  inputs: [2, 2],
});
