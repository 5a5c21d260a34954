import { shapeOf } from '../../known';
import { op } from '../../op';

export default op({
  type: 'DecoderMaskedMultiHeadAttention',
  domain: 'com.microsoft',
  since: 1,
  says: 'Attention of the newest word to all before it, with a cache of their keys and values.',
  inputs: [1, 11],
  outputs: [1, 4],
  requires: ['num_heads'],
  infer(site) {
    const { dtype, shape } = site.input(0);
    return [{ dtype, shape: site.has(2) ? shape : null }, ...[5, 6].map((at) => shapeOf(site.input(at)))];
  },
});
