import { broadcast } from '../../dims';
import { op } from '../../op';

export default op({
  type: 'QLinearWhere',
  domain: 'com.microsoft',
  since: 1,
  says: 'Quantized elements of one tensor where a condition holds, of another elsewhere.',
  inputs: [9, 9],
  infer(site) {
    const [condition, a, b] = [site.input(0), site.input(1), site.input(4)];
    return [{ dtype: a.dtype ?? b.dtype, shape: broadcast(condition.shape, broadcast(a.shape, b.shape)) }];
  },
});
