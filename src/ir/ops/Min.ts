import { variadic } from '../families';

export default variadic({
  type: 'Min',
  since: 1,
  says: 'The smallest element of several tensors, element by element.',
  of: Math.min,
});
