import { reduction } from '../families';

export default reduction({
  type: 'ReduceLogSumExp',
  since: 1,
  says: 'The logarithm of the sum of powers of e over the given axes.',
  inputSince: 18,
});
