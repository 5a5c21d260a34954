import { elementwise } from '../families';

export default elementwise({ type: 'Abs', since: 1, says: '|x|, element by element.', of: Math.abs });
