import { elementwise } from '../../families';

export default elementwise({
  type: 'Normalizer',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'Each row divided by its norm.',
  gives: 'float32',
});
