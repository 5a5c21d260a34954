import { elementwise } from '../families';

export default elementwise({
  type: 'Reciprocal',
  since: 1,
  says: '1 / x, element by element.',
  of: (x) => 1 / x,
});
