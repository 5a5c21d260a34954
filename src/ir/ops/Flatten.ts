import { axisOf, product } from '../dims';
import { op } from '../op';

export default op({
  type: 'Flatten',
  since: 1,
  says: 'Everything before an axis and everything behind it made one dimension each.',
  inputs: [1, 1],
  infer(site) {
    const { dtype, shape } = site.input(0);
    if (shape === null) return [{ dtype, shape: [null, null] }];
    const axis = axisOf(site.int('axis', 1), shape.length);
    return [{ dtype, shape: [product(shape.slice(0, axis)), product(shape.slice(axis))] }];
  },
});
