import { globalPooling } from '../families';

export default globalPooling({ type: 'GlobalAveragePool', since: 1, says: 'The mean of each channel.' });
