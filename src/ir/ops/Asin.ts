import { elementwise } from '../families';

export default elementwise({ type: 'Asin', since: 7, says: 'The inverse sine, element by element.' });
