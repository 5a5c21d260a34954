import { pooling } from '../families';

export default pooling({ type: 'LpPool', since: 1, says: 'The norm under a sliding window.' });
