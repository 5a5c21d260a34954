import { globalPooling } from '../families';

export default globalPooling({ type: 'GlobalLpPool', since: 1, says: 'The norm of each channel.' });
