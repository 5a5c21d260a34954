import { broadcasting } from '../families';

export default broadcasting({
  type: 'Mod',
  since: 10,
  says: 'Remainder of a division, element by element.',
  of: (a, b) => ((a % b) + b) % b,
});
