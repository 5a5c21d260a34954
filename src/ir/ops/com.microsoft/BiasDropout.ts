import { elementwise } from '../../families';

export default elementwise({
  type: 'BiasDropout',
  domain: 'com.microsoft',
  since: 1,
  says: 'x plus a bias, some elements zeroed while training.',
  inputs: [2, 5],
  outputs: [1, 2],
});
