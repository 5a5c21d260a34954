import { elementwise } from '../families';

export default elementwise({
  type: 'ReverseSequence',
  since: 10,
  says: 'The first elements of each sequence of a batch put the other way round, each as many as it is long.',
  inputs: [2, 2],
});
