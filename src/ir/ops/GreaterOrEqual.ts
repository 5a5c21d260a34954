import { broadcasting } from '../families';

export default broadcasting({
  type: 'GreaterOrEqual',
  since: 12,
  says: 'Whether the first element is not smaller.',
  gives: 'bool',
  of: (a, b) => Number(a >= b),
});
