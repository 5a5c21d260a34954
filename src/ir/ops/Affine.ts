import { elementwise } from '../families';

export default elementwise({
  type: 'Affine',
  since: 1,
  says: 'alpha · x + beta; an experiment that was given up.',
  breaks: [10],
});
