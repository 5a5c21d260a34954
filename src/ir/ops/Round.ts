import { elementwise } from '../families';

export default elementwise({
  type: 'Round',
  since: 11,
  says: 'The nearest whole number, halves to the even one.',
});
