import { elementwise } from '../families';

export default elementwise({
  type: 'ScatterND',
  since: 11,
  says: 'A copy with some slices replaced.',
  inputs: [3, 3],
});
