import { reduction } from '../families';

export default reduction({
  type: 'ReduceL2',
  since: 1,
  says: 'The root of the sum of squares over the given axes.',
  inputSince: 18,
});
