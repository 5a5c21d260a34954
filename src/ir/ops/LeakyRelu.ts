import { elementwise } from '../families';

export default elementwise({ type: 'LeakyRelu', since: 1, says: 'x where positive, alpha · x elsewhere.' });
