import { recurrent } from '../recurrent';

export default recurrent({
  type: 'RNN',
  says: 'A plain recurrent layer.',
  inputs: [3, 6],
  outputs: [0, 2],
  states: 1,
});
