import { argReduction } from '../families';

export default argReduction({
  type: 'ArgMax',
  since: 1,
  says: 'The index of the largest element along an axis.',
});
