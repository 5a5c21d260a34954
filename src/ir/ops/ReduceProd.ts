import { product } from '../dims';
import { reduction } from '../families';

export default reduction({
  type: 'ReduceProd',
  since: 1,
  says: 'The product over the given axes.',
  inputSince: 18,
  of: product,
});
