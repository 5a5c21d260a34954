import { elementwise } from '../families';

export default elementwise({
  type: 'PRelu',
  since: 1,
  says: 'x where positive, slope · x elsewhere, with a learnt slope.',
  inputs: [2, 2],
  breaks: [7],
});
