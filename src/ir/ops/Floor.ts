import { elementwise } from '../families';

export default elementwise({
  type: 'Floor',
  since: 1,
  says: 'The largest whole number not above x.',
  of: Math.floor,
});
