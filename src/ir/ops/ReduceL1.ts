import { reduction } from '../families';

export default reduction({
  type: 'ReduceL1',
  since: 1,
  says: 'The sum of magnitudes over the given axes.',
  inputSince: 18,
});
