import { shapeOf } from '../../known';
import { op } from '../../op';

export default op({
  type: 'PagedAttention',
  domain: 'com.microsoft',
  since: 1,
  says: 'Attention with a cache of keys and values that lies in pages.',
  inputs: [8, 17],
  outputs: [1, 3],
  requires: ['kv_num_heads', 'num_heads'],
  infer: (site) => [0, 3, 4].map((at) => shapeOf(site.input(at))),
});
