import { randomly } from '../families';

export default randomly({
  type: 'RandomUniform',
  since: 1,
  says: 'Random numbers from an interval, in a given shape.',
  inputs: [0, 0],
  requires: ['shape'],
});
