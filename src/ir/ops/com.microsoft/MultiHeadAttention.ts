import { fixedCount } from '../../dims';
import { op } from '../../op';

export default op({
  type: 'MultiHeadAttention',
  domain: 'com.microsoft',
  since: 1,
  says: 'Values mixed by how well each query fits each key, in several heads at once.',
  inputs: [1, 10],
  outputs: [1, 4],
  requires: ['num_heads'],
  infer(site) {
    const [query, value] = [site.input(0), site.input(2)];
    const [batch = null, length = null] = query.shape ?? [];
    const width =
      value.shape?.length === 3 ? value.shape[2] : query.shape?.length === 3 ? query.shape[2] : null;
    return [{ dtype: query.dtype, shape: query.shape && [batch, length, width ?? null] }];
  },
  macs(site) {
    const [query, key, value] = [0, 1, 2].map((at) => site.input(at).shape);
    if (query?.length !== 3 || key?.length !== 3 || value?.length !== 3) return null;
    const scores = fixedCount([query[0] ?? null, query[1] ?? null, key[1] ?? null]);
    const [depth, width] = [query[2], value[2]];
    if (scores === null || typeof depth !== 'number' || typeof width !== 'number') return null;
    return scores * (depth + width);
  },
});
