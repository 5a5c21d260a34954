import { axisOf } from '../dims';
import { op } from '../op';

export default op({
  type: 'LayerNormalization',
  since: 17,
  says: 'Everything behind an axis brought to mean 0 and variance 1, then scaled and shifted.',
  inputs: [2, 3],
  outputs: [1, 3],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const axis = shape && axisOf(site.int('axis', -1), shape.length);
    const figures = shape && shape.map((dim, at) => (axis !== null && at >= axis ? 1 : dim));
    return site.node.outputs.map((_, at) =>
      at === 0 ? { dtype, shape } : { dtype: 'float32' as const, shape: figures },
    );
  },
});
