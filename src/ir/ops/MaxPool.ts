import { pooling } from '../families';

export default pooling({
  type: 'MaxPool',
  since: 1,
  says: 'The largest element under a sliding window.',
  outputs: [1, 2],
  requires: ['kernel_shape'],
});
