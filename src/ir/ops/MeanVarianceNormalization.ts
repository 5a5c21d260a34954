import { elementwise } from '../families';

export default elementwise({
  type: 'MeanVarianceNormalization',
  since: 9,
  says: 'Mean 0 and variance 1 over the given axes.',
});
