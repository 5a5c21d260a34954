import { quantized } from '../../families';

export default quantized({
  type: 'QLinearLeakyRelu',
  domain: 'com.microsoft',
  since: 1,
  says: 'x where positive, alpha · x elsewhere, of quantized numbers.',
  inputs: [4, 5],
});
