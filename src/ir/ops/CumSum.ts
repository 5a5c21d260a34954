import { elementwise } from '../families';

export default elementwise({
  type: 'CumSum',
  since: 11,
  says: 'Running sums along an axis.',
  inputs: [2, 2],
});
