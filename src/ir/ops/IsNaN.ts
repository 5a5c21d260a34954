import { elementwise } from '../families';

export default elementwise({
  type: 'IsNaN',
  since: 9,
  says: 'Whether an element is not a number.',
  gives: 'bool',
});
