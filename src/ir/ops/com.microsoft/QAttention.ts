import { mapDim } from '../../dims';
import { op } from '../../op';

export default op({
  type: 'QAttention',
  domain: 'com.microsoft',
  since: 1,
  says: 'Attention whose matrix product for queries, keys and values is of 8-bit numbers.',
  inputs: [5, 9],
  outputs: [1, 2],
  requires: ['num_heads'],
  infer(site) {
    const [{ shape }, weight] = [site.input(0), site.input(1).shape];
    const hidden = mapDim(weight?.[1], (width) => width / 3);
    const [batch = null, length = null] = shape ?? [];
    return [{ dtype: site.input(3).dtype, shape: shape && [batch, length, hidden] }];
  },
});
