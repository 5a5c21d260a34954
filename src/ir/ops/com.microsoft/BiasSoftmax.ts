import { elementwise } from '../../families';

export default elementwise({
  type: 'BiasSoftmax',
  domain: 'com.microsoft',
  since: 1,
  says: 'Softmax of x plus a bias.',
  inputs: [2, 2],
});
