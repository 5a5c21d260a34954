import { elementwise } from '../families';

export default elementwise({ type: 'Sigmoid', since: 1, says: '1 / (1 + e⁻ˣ), element by element.' });
