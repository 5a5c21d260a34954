import { broadcasting } from '../families';

export default broadcasting({ type: 'Or', since: 1, says: 'Whether either is true.', gives: 'bool' });
