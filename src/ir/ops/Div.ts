import { broadcasting } from '../families';

export default broadcasting({
  type: 'Div',
  since: 1,
  says: 'Quotient of two tensors element by element, broadcast to one shape.',
  of: (a, b) => a / b,
});
