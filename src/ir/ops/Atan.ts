import { elementwise } from '../families';

export default elementwise({ type: 'Atan', since: 7, says: 'The inverse tangent, element by element.' });
