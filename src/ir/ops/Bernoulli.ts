import { randomly } from '../families';

export default randomly({
  type: 'Bernoulli',
  since: 15,
  says: '0 or 1 by chance, each element the probability of its 1.',
  inputs: [1, 1],
});
