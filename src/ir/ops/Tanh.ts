import { elementwise } from '../families';

export default elementwise({ type: 'Tanh', since: 1, says: 'Hyperbolic tangent, element by element.' });
