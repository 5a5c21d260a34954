import { elementwise } from '../families';

export default elementwise({
  type: 'BitwiseNot',
  since: 18,
  says: 'Every bit of every element turned over.',
});
