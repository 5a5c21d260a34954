import { broadcasting } from '../families';

export default broadcasting({ type: 'BitwiseOr', since: 18, says: 'Bits that are set in either number.' });
