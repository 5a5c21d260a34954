import { op } from '../op';

export default op({
  type: 'Transpose',
  since: 1,
  says: 'Dimensions in another order.',
  inputs: [1, 1],
  infer(site) {
    const { dtype, shape } = site.input(0);
    if (shape === null) return [{ dtype, shape }];
    const order = site.ints('perm') ?? shape.map((_, at) => shape.length - 1 - at);
    return [{ dtype, shape: order.map((from) => shape[from] ?? null) }];
  },
});
