import { elementwise } from '../families';

export default elementwise({
  type: 'Mish',
  since: 18,
  says: 'x times the hyperbolic tangent of softplus of x.',
});
