import { elementwise } from '../families';

export default elementwise({
  type: 'GroupNormalization',
  since: 18,
  says: 'Groups of channels brought to mean 0 and variance 1, then scaled and shifted.',
  inputs: [3, 3],
  requires: ['num_groups'],
  breaks: [21],
});
