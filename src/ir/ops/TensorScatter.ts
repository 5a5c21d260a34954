import { elementwise } from '../families';

export default elementwise({
  type: 'TensorScatter',
  since: 24,
  says: 'A cache of keys or values with new entries written into it.',
  inputs: [2, 3],
});
