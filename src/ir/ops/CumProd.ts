import { elementwise } from '../families';

export default elementwise({
  type: 'CumProd',
  since: 26,
  says: 'Running products along an axis.',
  inputs: [2, 2],
});
