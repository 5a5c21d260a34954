import { elementwise } from '../families';

export default elementwise({
  type: 'Asinh',
  since: 9,
  says: 'The inverse hyperbolic sine, element by element.',
});
