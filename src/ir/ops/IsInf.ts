import { elementwise } from '../families';

export default elementwise({
  type: 'IsInf',
  since: 10,
  says: 'Whether an element is infinite.',
  gives: 'bool',
});
