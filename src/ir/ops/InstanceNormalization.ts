import { elementwise } from '../families';

export default elementwise({
  type: 'InstanceNormalization',
  since: 1,
  says: 'Each channel of each sample brought to mean 0 and variance 1, then scaled and shifted.',
  inputs: [3, 3],
});
