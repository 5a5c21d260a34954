import { elementwise } from '../families';

export default elementwise({
  type: 'Trilu',
  since: 14,
  says: 'The upper or lower triangle of matrices, zeros elsewhere.',
  inputs: [1, 2],
});
