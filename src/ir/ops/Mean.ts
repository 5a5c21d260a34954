import { variadic } from '../families';

export default variadic({ type: 'Mean', since: 1, says: 'The mean of several tensors, element by element.' });
