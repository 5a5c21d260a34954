import { elementwise } from '../families';

export default elementwise({
  type: 'Log',
  since: 1,
  says: 'The natural logarithm, element by element.',
  of: Math.log,
});
