import { axisOf } from '../../dims';
import { op } from '../../op';

export default op({
  type: 'QLinearReduceMean',
  domain: 'com.microsoft',
  since: 1,
  says: 'The mean of quantized numbers over the given axes.',
  inputs: [4, 5],
  requires: ['axes', 'keepdims'],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const keeps = site.int('keepdims', 1) === 1;
    const axes = site.ints('axes')?.map((axis) => axisOf(axis, shape?.length ?? 0));
    if (shape === null || axes === undefined) return [{ dtype, shape: null }];
    return [{ dtype, shape: shape.flatMap((dim, at) => (axes.includes(at) ? (keeps ? [1] : []) : [dim])) }];
  },
});
