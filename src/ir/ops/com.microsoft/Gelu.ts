import { elementwise } from '../../families';

export default elementwise({
  type: 'Gelu',
  domain: 'com.microsoft',
  since: 1,
  says: 'x times the normal distribution function of x.',
});
