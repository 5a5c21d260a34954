import { op } from '../../op';

export default op({
  type: 'SkipSimplifiedLayerNormalization',
  domain: 'com.microsoft',
  since: 1,
  says: 'The sum of two tensors, each vector divided by the root of its mean square, then scaled.',
  inputs: [3, 4],
  outputs: [1, 4],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const figures = shape && [...shape.slice(0, -1), 1];
    return [
      { dtype, shape },
      { dtype: 'float32', shape: figures },
      { dtype: 'float32', shape: figures },
      { dtype, shape },
    ];
  },
});
