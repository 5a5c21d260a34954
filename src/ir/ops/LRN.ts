import { elementwise } from '../families';

export default elementwise({
  type: 'LRN',
  since: 1,
  says: 'Each element divided by the energy of its neighbouring channels.',
  requires: ['size'],
});
