import { recurrent } from '../recurrent';

export default recurrent({ type: 'GRU', says: 'A recurrent layer with gates.', states: 1 });
