import { broadcasting } from '../families';

export default broadcasting({
  type: 'BitShift',
  since: 11,
  says: 'Bits moved to the left or right by a number of places.',
  requires: ['direction'],
});
