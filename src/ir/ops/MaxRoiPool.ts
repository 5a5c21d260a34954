import { op } from '../op';

export default op({
  type: 'MaxRoiPool',
  since: 1,
  says: 'The largest element in each cell of a grid laid over each region of an image.',
  inputs: [2, 2],
  requires: ['pooled_shape'],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const cells = site.ints('pooled_shape');
    return [{ dtype, shape: cells && [site.input(1).shape?.[0] ?? null, shape?.[1] ?? null, ...cells] }];
  },
});
