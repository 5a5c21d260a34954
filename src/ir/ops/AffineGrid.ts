import { op } from '../op';

export default op({
  type: 'AffineGrid',
  since: 20,
  says: 'The places in an image from which an affine map takes each pixel of another.',
  inputs: [2, 2],
  infer(site) {
    const [batch = null, , ...sizes] = site.input(1).elements ?? [];
    const { dtype } = site.input(0);
    if (!site.input(1).elements) return [{ dtype, shape: null }];
    return [{ dtype, shape: [batch, ...sizes, sizes.length] }];
  },
});
