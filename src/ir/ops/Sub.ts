import { broadcasting } from '../families';

export default broadcasting({
  type: 'Sub',
  since: 1,
  says: 'Difference of two tensors, broadcast to one shape.',
  of: (a, b) => a - b,
});
