import { holding } from '../known';
import { op } from '../op';

export default op({
  type: 'SequenceEmpty',
  since: 11,
  says: 'A list without tensors.',
  inputs: [0, 0],
  infer: (site) => [holding('sequence', { dtype: site.dtype('dtype', 'float32'), shape: null })],
});
