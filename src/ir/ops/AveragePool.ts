import { pooling } from '../families';

export default pooling({
  type: 'AveragePool',
  since: 1,
  says: 'The mean under a sliding window.',
  requires: ['kernel_shape'],
});
