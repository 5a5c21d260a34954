import { elementwise } from '../families';

export default elementwise({
  type: 'Shrink',
  since: 9,
  says: 'Elements near 0 set to 0, the others moved towards it.',
});
