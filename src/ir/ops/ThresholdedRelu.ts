import { elementwise } from '../families';

export default elementwise({ type: 'ThresholdedRelu', since: 10, says: 'x where above alpha, 0 elsewhere.' });
