import { elementwise } from '../families';

export default elementwise({ type: 'Sinh', since: 9, says: 'The hyperbolic sine, element by element.' });
