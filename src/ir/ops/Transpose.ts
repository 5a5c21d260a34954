import { ofRank } from '../dims';
import { op } from '../op';

export default op({
  type: 'Transpose',
  since: 1,
  says: 'Dimensions in another order.',
  inputs: [1, 1],
  infer(site) {
    const { dtype, shape, elements } = site.input(0);
    const perm = site.ints('perm');
    if (shape === null) return [{ dtype, shape: perm && ofRank(perm.length) }];
    const order = perm ?? shape.map((_, at) => shape.length - 1 - at);
    const moved = order.map((from) => shape[from] ?? null);
    return [{ dtype, shape: moved, elements: shape.length < 2 && elements ? elements : null }];
  },
});
