import { shapeOf } from '../../known';
import { op } from '../../op';

export default op({
  type: 'SparseAttention',
  domain: 'com.microsoft',
  since: 1,
  says: 'Attention to blocks of keys that a layout picks, with a cache of those seen before.',
  inputs: [9, 11],
  outputs: [3, 3],
  requires: ['kv_num_heads', 'num_heads', 'sparse_block_size'],
  infer: (site) => [0, 3, 4].map((at) => shapeOf(site.input(at))),
});
