import { mapDim } from '../../dims';
import { op } from '../../op';

export default op({
  type: 'Irfft',
  domain: 'com.microsoft',
  since: 1,
  says: 'The way back of a Fourier transform of real numbers.',
  inputs: [1, 1],
  requires: ['signal_ndim'],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const last = mapDim(shape?.at(-2), (size) => (size - 1) * 2);
    return [{ dtype, shape: shape && [...shape.slice(0, -2), last] }];
  },
});
