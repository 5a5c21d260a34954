import { variadic } from '../families';

export default variadic({
  type: 'Max',
  since: 1,
  says: 'The largest element of several tensors, element by element.',
  of: Math.max,
});
