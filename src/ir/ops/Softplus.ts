import { elementwise } from '../families';

export default elementwise({ type: 'Softplus', since: 1, says: 'ln(1 + eˣ), element by element.' });
