import { axisOf } from '../dims';
import { op } from '../op';

export default op({
  type: 'SimplifiedLayerNormalization',
  since: 1,
  says: 'Each vector divided by the root of its mean square, then scaled; known to ONNX Runtime only.',
  infer(site) {
    const { dtype, shape } = site.input(0);
    const axis = shape && axisOf(site.int('axis', -1), shape.length);
    const figures = shape && shape.map((dim, at) => (axis !== null && at >= axis ? 1 : dim));
    return [
      { dtype: site.input(1).dtype ?? dtype, shape },
      { dtype: 'float32', shape: figures },
    ];
  },
  inputs: [2, 2],
  outputs: [1, 2],
});
