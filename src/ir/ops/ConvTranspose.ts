import { fixedCount, mapDim } from '../dims';
import { op } from '../op';

export default op({
  type: 'ConvTranspose',
  since: 1,
  says: 'The way back of a convolution: every input element stamps a learnt filter into a larger output.',
  inputs: [2, 3],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const weight = site.input(1).shape;
    if (shape === null || weight === null) return [{ dtype, shape: null }];
    const asked = site.ints('output_shape');
    const same = site.string('auto_pad', 'NOTSET').startsWith('SAME');
    const rank = shape.length - 2;
    const sizes = shape.slice(2).map((dim, at) => {
      const stride = site.ints('strides')?.[at] ?? 1;
      const wanted = asked?.at(at - rank);
      if (wanted !== undefined) return wanted;
      if (same) return mapDim(dim, (size) => size * stride);
      const size = weight[at + 2];
      const kernel = site.ints('kernel_shape')?.[at] ?? (typeof size === 'number' ? size : 1);
      const pads = site.ints('pads');
      const pad = (pads?.[at] ?? 0) + (pads?.[at + rank] ?? 0);
      const reach = (kernel - 1) * (site.ints('dilations')?.[at] ?? 1) + 1;
      const more = site.ints('output_padding')?.[at] ?? 0;
      return mapDim(dim, (input) => (input - 1) * stride + more + reach - pad);
    });
    const channels = mapDim(weight[1], (perGroup) => perGroup * site.int('group', 1));
    return [{ dtype, shape: [shape[0] ?? null, channels, ...sizes] }];
  },
  macs(site) {
    const filter = fixedCount(site.input(1).shape?.slice(1) ?? null);
    const elements = fixedCount(site.input(0).shape);
    return filter === null || elements === null ? null : elements * filter;
  },
});
