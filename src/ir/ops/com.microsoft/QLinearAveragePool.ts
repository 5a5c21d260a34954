import { windowed } from '../../families';
import { op } from '../../op';

export default op({
  type: 'QLinearAveragePool',
  domain: 'com.microsoft',
  since: 1,
  says: 'The mean of quantized numbers under a sliding window.',
  inputs: [4, 5],
  requires: ['kernel_shape'],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const kernel = site.ints('kernel_shape');
    if (shape === null || kernel === null) return [{ dtype, shape: null }];
    const isLast = site.int('channels_last', 0) === 1;
    const sizes = windowed(site, isLast ? shape.slice(1, -1) : shape.slice(2), kernel);
    const [batch = null, second = null] = shape;
    return [{ dtype, shape: isLast ? [batch, ...sizes, shape.at(-1) ?? null] : [batch, second, ...sizes] }];
  },
});
