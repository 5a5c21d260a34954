import { elementwise } from '../../families';

export default elementwise({
  type: 'BiasGelu',
  domain: 'com.microsoft',
  since: 1,
  says: 'Gelu of x plus a bias.',
  inputs: [2, 2],
});
