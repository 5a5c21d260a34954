import { quantized } from '../../families';

export default quantized({
  type: 'QLinearSoftmax',
  domain: 'com.microsoft',
  since: 1,
  says: 'Softmax of quantized numbers.',
  inputs: [5, 5],
  requires: ['opset'],
});
