import { elementwise } from '../families';

export default elementwise({ type: 'Selu', since: 1, says: 'A scaled Elu that keeps mean and variance.' });
