import { broadcasting } from '../families';

export default broadcasting({ type: 'Xor', since: 1, says: 'Whether exactly one is true.', gives: 'bool' });
