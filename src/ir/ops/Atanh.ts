import { elementwise } from '../families';

export default elementwise({
  type: 'Atanh',
  since: 9,
  says: 'The inverse hyperbolic tangent, element by element.',
});
