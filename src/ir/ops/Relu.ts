import { elementwise } from '../families';

export default elementwise({
  type: 'Relu',
  since: 1,
  says: 'max(x, 0), element by element.',
  of: (x) => Math.max(x, 0),
});
