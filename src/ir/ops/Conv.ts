import { fixedCount } from '../dims';
import { windowed } from '../families';
import { op } from '../op';

export default op({
  type: 'Conv',
  since: 1,
  says: 'Slides learnt filters over an image or signal: each output element is one filter times what lies under it.',
  inputs: [2, 3],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const weight = site.input(1).shape;
    if (shape === null || weight === null) return [{ dtype, shape: null }];
    const kernel =
      site.ints('kernel_shape') ?? weight.slice(2).map((dim) => (typeof dim === 'number' ? dim : 1));
    return [
      { dtype, shape: [shape[0] ?? null, weight[0] ?? null, ...windowed(site, shape.slice(2), kernel)] },
    ];
  },
  macs(site, [output]) {
    // The weight's dimensions are [filters, channels of a group, ...kernel].
    const filter = fixedCount(site.input(1).shape?.slice(1) ?? null);
    const elements = fixedCount(output?.shape ?? null);
    return filter === null || elements === null ? null : elements * filter;
  },
});
