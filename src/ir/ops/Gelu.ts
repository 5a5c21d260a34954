import { elementwise } from '../families';

export default elementwise({
  type: 'Gelu',
  since: 20,
  says: 'x times the normal distribution function of x.',
});
