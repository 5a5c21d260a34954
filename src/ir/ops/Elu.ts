import { elementwise } from '../families';

export default elementwise({ type: 'Elu', since: 1, says: 'x where positive, alpha · (eˣ - 1) elsewhere.' });
