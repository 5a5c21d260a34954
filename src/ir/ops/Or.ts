import { broadcasting } from '../families';

export default broadcasting({
  type: 'Or',
  since: 1,
  says: 'Whether either is true.',
  gives: 'bool',
  of: (a, b) => Number(a !== 0 || b !== 0),
});
