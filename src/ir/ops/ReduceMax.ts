import { extreme } from '../dims';
import { reduction } from '../families';

export default reduction({
  type: 'ReduceMax',
  since: 1,
  says: 'The largest element over the given axes.',
  inputSince: 18,
  of: (dims) => extreme(dims, Math.max),
});
