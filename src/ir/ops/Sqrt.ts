import { elementwise } from '../families';

export default elementwise({
  type: 'Sqrt',
  since: 1,
  says: 'The square root, element by element.',
  of: Math.sqrt,
});
