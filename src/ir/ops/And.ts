import { broadcasting } from '../families';

export default broadcasting({ type: 'And', since: 1, says: 'Whether both are true.', gives: 'bool' });
