import { broadcasting } from '../families';

export default broadcasting({
  type: 'BitwiseXor',
  since: 18,
  says: 'Bits that are set in exactly one of two numbers.',
});
