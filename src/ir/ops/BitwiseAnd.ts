import { broadcasting } from '../families';

export default broadcasting({ type: 'BitwiseAnd', since: 18, says: 'Bits that are set in both numbers.' });
