import { axisOf } from '../dims';
import { holding } from '../known';
import { op } from '../op';

export default op({
  type: 'SplitToSequence',
  since: 11,
  says: 'A tensor cut along an axis into a list.',
  inputs: [1, 2],
  infer(site) {
    const { dtype, shape } = site.input(0);
    if (shape === null) return [holding('sequence', { dtype, shape })];
    const axis = axisOf(site.int('axis', 0), shape.length);
    if (!site.has(1)) {
      const keeps = site.int('keepdims', 1) === 1;
      return [holding('sequence', { dtype, shape: keeps ? shape.with(axis, 1) : shape.toSpliced(axis, 1) })];
    }
    const sizes = site.input(1).elements ?? [];
    const [first = null] = sizes;
    const whole = shape[axis];
    const isEven =
      site.input(1).shape?.length === 0
        ? typeof whole === 'number' && typeof first === 'number' && whole % first === 0
        : sizes.every((size) => size === first);
    return [holding('sequence', { dtype, shape: shape.with(axis, isEven ? first : null) })];
  },
});
