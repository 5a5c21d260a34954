import { elementwise } from '../families';

export default elementwise({ type: 'Acos', since: 7, says: 'The inverse cosine, element by element.' });
