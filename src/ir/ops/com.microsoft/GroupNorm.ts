import { elementwise } from '../../families';

export default elementwise({
  type: 'GroupNorm',
  domain: 'com.microsoft',
  since: 1,
  says: 'Groups of channels, which lie last, brought to mean 0 and variance 1, then scaled and shifted.',
  inputs: [3, 3],
  requires: ['activation', 'groups'],
});
