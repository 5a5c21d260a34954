import { reduction } from '../families';

export default reduction({
  type: 'ReduceSumSquare',
  since: 1,
  says: 'The sum of squares over the given axes.',
  inputSince: 18,
});
