import { elementwise } from '../../families';

export default elementwise({
  type: 'FastGelu',
  domain: 'com.microsoft',
  since: 1,
  says: 'An approximation of Gelu by the hyperbolic tangent.',
  inputs: [1, 2],
});
