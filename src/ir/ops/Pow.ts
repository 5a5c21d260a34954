import { broadcasting } from '../families';

export default broadcasting({
  type: 'Pow',
  since: 1,
  says: 'First tensor to the power of the second, element by element.',
  of: (a, b) => a ** b,
});
