import { broadcasting } from '../families';

export default broadcasting({
  type: 'LessOrEqual',
  since: 12,
  says: 'Whether the first element is not larger.',
  gives: 'bool',
  of: (a, b) => Number(a <= b),
});
