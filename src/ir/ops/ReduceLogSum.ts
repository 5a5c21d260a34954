import { reduction } from '../families';

export default reduction({
  type: 'ReduceLogSum',
  since: 1,
  says: 'The logarithm of the sum over the given axes.',
  inputSince: 18,
});
