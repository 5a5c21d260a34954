import { sum } from '../dims';
import { reduction } from '../families';

export default reduction({
  type: 'ReduceSum',
  since: 1,
  says: 'The sum over the given axes.',
  inputSince: 13,
  of: sum,
});
