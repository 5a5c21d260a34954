import { elementwise } from '../families';

export default elementwise({ type: 'Tan', since: 7, says: 'The tangent, element by element.' });
