import { mapDim } from '../../dims';
import { op } from '../../op';

export default op({
  type: 'Rfft',
  domain: 'com.microsoft',
  since: 1,
  says: 'The Fourier transform of real numbers.',
  inputs: [1, 1],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const last = mapDim(shape?.at(-1), (size) => Math.floor(size / 2) + 1);
    return [{ dtype, shape: shape && [...shape.slice(0, -1), last, 2] }];
  },
});
