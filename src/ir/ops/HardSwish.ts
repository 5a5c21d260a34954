import { elementwise } from '../families';

export default elementwise({ type: 'HardSwish', since: 14, says: 'x times the hard sigmoid of x.' });
