import { elementwise } from '../../families';

export default elementwise({
  type: 'Trilu',
  domain: 'com.microsoft',
  since: 1,
  says: 'The upper or lower triangle of matrices, zeros elsewhere.',
  inputs: [1, 2],
});
