import { axisOf } from '../dims';
import { op } from '../op';

export default op({
  type: 'CenterCropPad',
  since: 18,
  says: 'A tensor cut or filled up with zeros on both sides to given sizes.',
  inputs: [2, 2],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const sizes = site.input(1).elements;
    if (shape === null) return [{ dtype, shape }];
    const axes = (site.ints('axes') ?? shape.map((_, at) => at)).map((axis) => axisOf(axis, shape.length));
    const cropped = shape.map((dim, at) => (axes.includes(at) ? (sizes?.[axes.indexOf(at)] ?? null) : dim));
    return [{ dtype, shape: cropped }];
  },
});
