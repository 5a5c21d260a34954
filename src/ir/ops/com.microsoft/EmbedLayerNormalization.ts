import { op } from '../../op';

export default op({
  type: 'EmbedLayerNormalization',
  domain: 'com.microsoft',
  since: 1,
  says: 'Vectors of words, places and segments added up, brought to mean 0 and variance 1, then scaled and shifted.',
  inputs: [7, 9],
  outputs: [1, 3],
  infer(site) {
    const [words, table] = [site.input(0).shape, site.input(2)];
    const [batch = null, length = null] = words ?? [];
    const shape = [batch, length, table.shape?.[1] ?? null];
    return [
      { dtype: table.dtype, shape },
      { dtype: 'int32', shape: [batch] },
      { dtype: table.dtype, shape },
    ];
  },
});
