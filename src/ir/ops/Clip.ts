import { elementwise } from '../families';
import { toInputs } from '../moves';

export default elementwise({
  type: 'Clip',
  since: 1,
  says: 'Each element kept between min and max.',
  inputs: [1, 3],
  breaks: [11],
  moves: { 11: toInputs({ min: [1, 'same'], max: [2, 'same'] }) },
});
