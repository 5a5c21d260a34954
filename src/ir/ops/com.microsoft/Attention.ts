import { fixedCount, mapDim } from '../../dims';
import { op } from '../../op';

export default op({
  type: 'Attention',
  domain: 'com.microsoft',
  since: 1,
  says: 'Queries, keys and values by one matrix product, then values mixed by how well queries fit keys.',
  inputs: [2, 7],
  outputs: [1, 2],
  requires: ['num_heads'],
  infer(site) {
    const [{ dtype, shape }, weight] = [site.input(0), site.input(1).shape];
    const [batch = null, length = null] = shape ?? [];
    const hidden = site.ints('qkv_hidden_sizes')?.[2] ?? mapDim(weight?.[1], (width) => width / 3);
    const heads = site.int('num_heads', 1);
    const past = site.input(4).shape?.[3];
    const keys =
      past === undefined ? length : mapDim(length, (size) => (typeof past === 'number' ? size + past : NaN));
    return [
      { dtype, shape: shape && [batch, length, hidden] },
      { dtype, shape: [2, batch, heads, keys, mapDim(hidden, (size) => size / heads)] },
    ];
  },
  macs(site) {
    const [batch, length, width] = site.input(0).shape ?? [];
    const projected = fixedCount([
      batch ?? null,
      length ?? null,
      width ?? null,
      site.input(1).shape?.[1] ?? null,
    ]);
    const hidden = mapDim(site.input(1).shape?.[1], (size) => size / 3);
    const mixed = fixedCount([2, batch ?? null, length ?? null, length ?? null, hidden]);
    return projected === null || mixed === null ? null : projected + mixed;
  },
});
