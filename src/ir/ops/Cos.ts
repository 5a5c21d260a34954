import { elementwise } from '../families';

export default elementwise({ type: 'Cos', since: 7, says: 'The cosine, element by element.' });
