import { broadcasting } from '../families';

export default broadcasting({
  type: 'Add',
  since: 1,
  says: 'Sum of two tensors, broadcast to one shape.',
  of: (a, b) => a + b,
});
