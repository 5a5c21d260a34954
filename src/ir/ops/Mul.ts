import { broadcasting } from '../families';

export default broadcasting({
  type: 'Mul',
  since: 1,
  says: 'Product of two tensors element by element, broadcast to one shape.',
  of: (a, b) => a * b,
});
