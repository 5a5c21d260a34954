import { recurrent } from '../recurrent';

export default recurrent({ type: 'RNN', says: 'A plain recurrent layer.', states: 1 });
