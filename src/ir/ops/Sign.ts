import { elementwise } from '../families';

export default elementwise({ type: 'Sign', since: 9, says: '-1, 0 or 1 by the sign of x.', of: Math.sign });
