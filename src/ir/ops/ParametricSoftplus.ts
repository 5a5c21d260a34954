import { elementwise } from '../families';

export default elementwise({
  type: 'ParametricSoftplus',
  since: 1,
  says: 'alpha · ln(1 + e to the power of beta · x); an experiment that was given up.',
  breaks: [10],
});
