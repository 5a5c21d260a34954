import { softmax } from '../families';

export default softmax({ type: 'LogSoftmax', since: 1, says: 'The logarithm of the softmax along an axis.' });
