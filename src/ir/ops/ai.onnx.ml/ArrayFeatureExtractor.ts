import { product } from '../../dims';
import { op } from '../../op';

export default op({
  type: 'ArrayFeatureExtractor',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'Elements of each row picked by index.',
  inputs: [2, 2],
  infer(site) {
    const { dtype, shape } = site.input(0);
    if (shape === null) return [{ dtype, shape }];
    const count = site.input(1).shape && product(site.input(1).shape ?? []);
    return [{ dtype, shape: shape.length === 1 ? [1, count] : [...shape.slice(0, -1), count] }];
  },
});
