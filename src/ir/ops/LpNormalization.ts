import { elementwise } from '../families';

export default elementwise({
  type: 'LpNormalization',
  since: 1,
  says: 'Each vector along an axis divided by its norm.',
});
