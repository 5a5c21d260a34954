import { elementwise } from '../families';

export default elementwise({ type: 'Swish', since: 24, says: 'x times the sigmoid of alpha · x.' });
