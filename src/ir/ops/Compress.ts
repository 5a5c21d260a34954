import { axisOf } from '../dims';
import { op } from '../op';

export default op({
  type: 'Compress',
  since: 9,
  says: 'Slices along an axis where a condition holds.',
  inputs: [2, 2],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const axis = site.node.attributes.has('axis') ? site.int('axis', 0) : null;
    if (axis === null) return [{ dtype, shape: [null] }];
    return [{ dtype, shape: shape && shape.with(axisOf(axis, shape.length), null) }];
  },
});
