import { fixedCount, mapDim } from '../dims';
import type { Dim } from '../../core/shape';
import { op, type Site } from '../op';

export default op({
  type: 'Attention',
  since: 23,
  says: 'Values mixed by how well each query fits each key, in several heads at once.',
  inputs: [3, 7],
  outputs: [1, 4],
  infer(site) {
    const [query, value] = [site.input(0), site.input(2)];
    const { batch, heads, length, headSize, keyHeads, keys, valueSize } = dimsOf(site);
    if (query.shape === null) return [{ dtype: query.dtype, shape: null }];
    const isFlat = query.shape.length === 3;
    const width = mapDim(valueSize, (size) => size * (typeof heads === 'number' ? heads : NaN));
    return [
      { dtype: query.dtype, shape: isFlat ? [batch, length, width] : [batch, heads, length, valueSize] },
      { dtype: site.input(1).dtype, shape: [batch, keyHeads, keys, headSize] },
      { dtype: value.dtype, shape: [batch, keyHeads, keys, valueSize] },
      { dtype: query.dtype, shape: [batch, heads, length, keys] },
    ];
  },
  macs(site) {
    const { batch, heads, length, headSize, keys, valueSize } = dimsOf(site);
    const scores = fixedCount([batch, heads, length, keys]);
    if (scores === null || typeof headSize !== 'number' || typeof valueSize !== 'number') return null;
    return scores * (headSize + valueSize);
  },
});

/** Sizes of `[batch, heads, length, size]` or, with heads given as attributes, `[batch, length, heads · size]`. */
function dimsOf(site: Site) {
  const [query, key, value] = [0, 1, 2].map((at) => site.input(at).shape);
  const isFlat = query?.length === 3;
  const [queryHeads, keyHeads] = [site.int('q_num_heads', 0), site.int('kv_num_heads', 0)];
  const past = site.has(4) ? (site.input(4).shape?.[2] ?? null) : 0;
  const fresh = (isFlat ? key?.[1] : key?.[2]) ?? null;
  const part = (dim: Dim | undefined, heads: number) =>
    isFlat ? mapDim(dim, (size) => size / heads) : (dim ?? null);
  return {
    batch: query?.[0] ?? null,
    heads: isFlat ? queryHeads : (query?.[1] ?? null),
    length: (isFlat ? query[1] : query?.[2]) ?? null,
    headSize: part(query?.at(-1), queryHeads),
    keyHeads: isFlat ? keyHeads : (key?.[1] ?? null),
    keys: past === 0 ? fresh : mapDim(fresh, (size) => (typeof past === 'number' ? size + past : NaN)),
    valueSize: part(value?.at(-1), keyHeads),
  };
}
