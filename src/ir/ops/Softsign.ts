import { elementwise } from '../families';

export default elementwise({ type: 'Softsign', since: 1, says: 'x / (1 + |x|), element by element.' });
