import { randomly } from '../families';

export default randomly({
  type: 'RandomNormal',
  since: 1,
  says: 'Random numbers from a normal distribution, in a given shape.',
  inputs: [0, 0],
  requires: ['shape'],
});
