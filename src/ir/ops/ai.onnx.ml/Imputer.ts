import { elementwise } from '../../families';

export default elementwise({
  type: 'Imputer',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'Missing elements filled with values learnt for their columns.',
});
