import { elementwise } from '../families';

export default elementwise({ type: 'Sin', since: 7, says: 'The sine, element by element.' });
