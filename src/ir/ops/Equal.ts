import { broadcasting } from '../families';

export default broadcasting({
  type: 'Equal',
  since: 1,
  says: 'Whether two elements are equal.',
  gives: 'bool',
  of: (a, b) => Number(a === b),
});
