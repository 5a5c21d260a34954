import { elementwise } from '../../families';

export default elementwise({
  type: 'Inverse',
  domain: 'com.microsoft',
  since: 1,
  says: 'The inverse of each matrix.',
});
