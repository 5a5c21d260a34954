import { argReduction } from '../families';

export default argReduction({
  type: 'ArgMin',
  since: 1,
  says: 'The index of the smallest element along an axis.',
});
