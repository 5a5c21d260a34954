import { mapDim, ofRank } from '../dims';
import { op } from '../op';

export default op({
  type: 'MaxUnpool',
  since: 9,
  says: 'The way back of a max pool: each element put where the largest one was, zeros elsewhere.',
  inputs: [2, 3],
  requires: ['kernel_shape'],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const kernel = site.ints('kernel_shape');
    if (site.has(2)) {
      const [rank] = site.input(2).shape ?? [];
      const asked = site.input(2).elements ?? (typeof rank === 'number' ? ofRank(rank) : null);
      return [{ dtype, shape: asked }];
    }
    if (shape === null || kernel === null) return [{ dtype, shape: null }];
    const [strides, pads] = [site.ints('strides'), site.ints('pads')];
    const sizes = shape.slice(2).map((dim, at) => {
      const pad = (pads?.[at] ?? 0) + (pads?.[at + kernel.length] ?? 0);
      return mapDim(dim, (size) => (size - 1) * (strides?.[at] ?? 1) + (kernel[at] ?? 1) - pad);
    });
    return [{ dtype, shape: [...shape.slice(0, 2), ...sizes] }];
  },
});
