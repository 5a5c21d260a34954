import { elementwise } from '../../families';

export default elementwise({
  type: 'Scaler',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'Each column shifted and scaled.',
  gives: 'float32',
});
