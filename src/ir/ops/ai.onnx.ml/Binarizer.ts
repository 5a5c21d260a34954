import { elementwise } from '../../families';

export default elementwise({
  type: 'Binarizer',
  domain: 'ai.onnx.ml',
  since: 1,
  says: '1 where an element is above a threshold, 0 elsewhere.',
});
