import { elementwise } from '../families';

export default elementwise({
  type: 'Acosh',
  since: 9,
  says: 'The inverse hyperbolic cosine, element by element.',
});
