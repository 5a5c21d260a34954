import { elementwise } from '../families';

export default elementwise({
  type: 'ScatterElements',
  since: 11,
  says: 'A copy with some elements replaced.',
  inputs: [3, 3],
});
