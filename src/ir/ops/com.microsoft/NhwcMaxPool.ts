import { windowed } from '../../families';
import { op } from '../../op';

export default op({
  type: 'NhwcMaxPool',
  domain: 'com.microsoft',
  since: 1,
  says: 'The largest element under a sliding window, channels last.',
  inputs: [1, 1],
  requires: ['kernel_shape'],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const kernel = site.ints('kernel_shape');
    if (shape === null || kernel === null) return [{ dtype, shape: null }];
    return [
      {
        dtype,
        shape: [shape[0] ?? null, ...windowed(site, shape.slice(1, -1), kernel), shape.at(-1) ?? null],
      },
    ];
  },
});
