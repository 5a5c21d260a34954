import { reduction } from '../families';

export default reduction({
  type: 'ReduceMean',
  since: 1,
  says: 'The mean over the given axes.',
  inputSince: 18,
});
