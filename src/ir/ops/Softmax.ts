import { softmax } from '../families';

export default softmax({
  type: 'Softmax',
  since: 1,
  says: 'Scores to probabilities: eˣ over the sum of all eˣ along an axis.',
});
