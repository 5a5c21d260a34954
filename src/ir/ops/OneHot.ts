import { axisOf } from '../dims';
import { op } from '../op';

export default op({
  type: 'OneHot',
  since: 9,
  says: 'Indices to vectors with one element switched on.',
  inputs: [3, 3],
  infer(site) {
    const { shape } = site.input(0);
    const { dtype } = site.input(2);
    if (shape === null) return [{ dtype, shape }];
    const [depth = null] = site.input(1).elements ?? [];
    return [{ dtype, shape: shape.toSpliced(axisOf(site.int('axis', -1), shape.length + 1), 0, depth) }];
  },
});
