import { classified } from '../../classifiers';
import { op } from '../../op';

export default op({
  type: 'SVMClassifier',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'The class of each row by its likeness to support vectors, and the score of every class.',
  inputs: [1, 1],
  outputs: [2, 2],
  infer: classified,
});
