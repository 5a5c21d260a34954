import { broadcasting } from '../families';

export default broadcasting({
  type: 'StringConcat',
  since: 20,
  says: 'Two strings put one behind the other, element by element.',
});
