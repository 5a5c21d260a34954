import { elementwise } from '../families';

export default elementwise({
  type: 'RotaryEmbedding',
  since: 23,
  says: 'Vectors of queries or keys turned by angles that grow with their place in the sequence.',
  inputs: [3, 4],
});
