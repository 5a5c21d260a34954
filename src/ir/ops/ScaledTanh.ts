import { elementwise } from '../families';

export default elementwise({
  type: 'ScaledTanh',
  since: 1,
  says: 'alpha · tanh(beta · x); an experiment that was given up.',
  breaks: [10],
});
