import { softmax } from '../families';

export default softmax({
  type: 'Hardmax',
  since: 1,
  says: '1 at the largest element along an axis, 0 elsewhere.',
});
