import { broadcasting } from '../families';

export default broadcasting({
  type: 'Greater',
  since: 1,
  says: 'Whether the first element is larger.',
  gives: 'bool',
  of: (a, b) => Number(a > b),
});
