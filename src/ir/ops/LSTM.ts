import { recurrent } from '../recurrent';

export default recurrent({
  type: 'LSTM',
  says: 'A recurrent layer with gates and a memory cell.',
  states: 2,
});
