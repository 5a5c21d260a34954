import { broadcast } from '../../dims';
import { op } from '../../op';

export default op({
  type: 'QLinearAdd',
  domain: 'com.microsoft',
  since: 1,
  says: 'Sum of two quantized tensors, broadcast to one shape.',
  inputs: [7, 8],
  infer(site) {
    const [a, b] = [site.input(0), site.input(3)];
    return [{ dtype: a.dtype ?? b.dtype, shape: broadcast(a.shape, b.shape) }];
  },
});
