import { elementwise } from '../families';

export default elementwise({ type: 'Erf', since: 9, says: 'The error function, element by element.' });
