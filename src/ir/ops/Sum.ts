import { variadic } from '../families';

export default variadic({
  type: 'Sum',
  since: 1,
  says: 'The sum of several tensors, element by element.',
  of: (a, b) => a + b,
});
