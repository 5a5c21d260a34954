import { quantized } from '../../families';

export default quantized({
  type: 'QLinearSigmoid',
  domain: 'com.microsoft',
  since: 1,
  says: 'The sigmoid of quantized numbers.',
  inputs: [4, 5],
});
