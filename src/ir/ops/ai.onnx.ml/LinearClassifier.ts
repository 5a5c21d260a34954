import { classified } from '../../classifiers';
import { op } from '../../op';

export default op({
  type: 'LinearClassifier',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'The class of each row by weighted sums, and the score of every class.',
  inputs: [1, 1],
  outputs: [2, 2],
  requires: ['coefficients'],
  infer: classified,
});
