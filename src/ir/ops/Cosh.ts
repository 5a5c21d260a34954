import { elementwise } from '../families';

export default elementwise({ type: 'Cosh', since: 9, says: 'The hyperbolic cosine, element by element.' });
