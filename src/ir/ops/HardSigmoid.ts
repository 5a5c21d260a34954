import { elementwise } from '../families';

export default elementwise({
  type: 'HardSigmoid',
  since: 1,
  says: 'A straight-line approximation of the sigmoid.',
});
