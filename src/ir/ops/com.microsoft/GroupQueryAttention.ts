import { mapDim } from '../../dims';
import { op } from '../../op';

export default op({
  type: 'GroupQueryAttention',
  domain: 'com.microsoft',
  since: 1,
  says: 'Attention in which groups of query heads share keys and values, with a cache of those seen before.',
  inputs: [7, 16],
  outputs: [1, 4],
  requires: ['kv_num_heads', 'num_heads'],
  infer(site) {
    const [query, past] = [site.input(0), site.input(3)];
    const [batch = null, length = null, width = null] = query.shape ?? [];
    const [heads, shared] = [site.int('num_heads', 1), site.int('kv_num_heads', 1)];
    // Without keys and values of their own the queries carry all three.
    const own = site.has(1) ? width : mapDim(width, (size) => (size / (heads + 2 * shared)) * heads);
    const size = mapDim(own, (hidden) => hidden / heads);
    const kept = { dtype: past.dtype ?? query.dtype, shape: [batch, shared, null, size] };
    return [{ dtype: query.dtype, shape: query.shape && [batch, length, own] }, kept, kept];
  },
});
