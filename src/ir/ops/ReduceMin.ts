import { extreme } from '../dims';
import { reduction } from '../families';

export default reduction({
  type: 'ReduceMin',
  since: 1,
  says: 'The smallest element over the given axes.',
  inputSince: 18,
  of: (dims) => extreme(dims, Math.min),
});
