import { elementwise } from '../families';

export default elementwise({
  type: 'Not',
  since: 1,
  says: 'The opposite of each truth value.',
  of: (x) => 1 - x,
});
