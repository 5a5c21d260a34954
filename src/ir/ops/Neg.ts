import { elementwise } from '../families';

export default elementwise({ type: 'Neg', since: 1, says: '-x, element by element.', of: (x) => -x });
