import { broadcasting } from '../families';

export default broadcasting({
  type: 'Less',
  since: 1,
  says: 'Whether the first element is smaller.',
  gives: 'bool',
  of: (a, b) => Number(a < b),
});
