import { recurrent } from '../recurrent';

export default recurrent({
  type: 'LSTM',
  says: 'A recurrent layer with gates and a memory cell.',
  inputs: [3, 8],
  outputs: [0, 3],
  states: 2,
});
