import { elementwise } from '../families';

export default elementwise({ type: 'Celu', since: 12, says: 'A continuously differentiable Elu.' });
