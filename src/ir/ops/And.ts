import { broadcasting } from '../families';

export default broadcasting({
  type: 'And',
  since: 1,
  says: 'Whether both are true.',
  gives: 'bool',
  of: (a, b) => Number(a !== 0 && b !== 0),
});
