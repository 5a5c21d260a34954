import { recurrent } from '../recurrent';

export default recurrent({
  type: 'GRU',
  says: 'A recurrent layer with gates.',
  inputs: [3, 6],
  outputs: [0, 2],
  states: 1,
});
