import { broadcast } from '../dims';
import { op } from '../op';

export default op({
  type: 'Where',
  since: 9,
  says: 'Elements of one tensor where a condition holds, of another elsewhere.',
  inputs: [3, 3],
  infer(site) {
    const [condition, a, b] = [site.input(0), site.input(1), site.input(2)];
    return [{ dtype: a.dtype ?? b.dtype, shape: broadcast(condition.shape, broadcast(a.shape, b.shape)) }];
  },
});
