import { elementwise } from '../../families';

export default elementwise({
  type: 'RotaryEmbedding',
  domain: 'com.microsoft',
  since: 1,
  says: 'Vectors of queries or keys turned by angles that grow with their place in the sequence.',
  inputs: [4, 4],
});
