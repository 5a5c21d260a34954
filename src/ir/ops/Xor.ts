import { broadcasting } from '../families';

export default broadcasting({
  type: 'Xor',
  since: 1,
  says: 'Whether exactly one is true.',
  gives: 'bool',
  of: (a, b) => Number((a !== 0) !== (b !== 0)),
});
