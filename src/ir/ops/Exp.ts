import { elementwise } from '../families';

export default elementwise({ type: 'Exp', since: 1, says: 'eˣ, element by element.', of: Math.exp });
