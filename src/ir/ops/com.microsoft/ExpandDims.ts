import { axisOf } from '../../dims';
import { numbersOf } from '../../families';
import { op } from '../../op';

export default op({
  type: 'ExpandDims',
  domain: 'com.microsoft',
  since: 1,
  says: 'A dimension of size 1 put in.',
  inputs: [2, 2],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const [axis] = numbersOf(site.input(1).elements) ?? [];
    if (shape === null || axis === undefined) return [{ dtype, shape: null }];
    return [{ dtype, shape: shape.toSpliced(axisOf(axis, shape.length + 1), 0, 1) }];
  },
});
