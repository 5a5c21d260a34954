import { elementwise } from '../families';

export default elementwise({
  type: 'Ceil',
  since: 1,
  says: 'The smallest whole number not below x.',
  of: Math.ceil,
});
