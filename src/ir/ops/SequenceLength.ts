import { op } from '../op';

export default op({
  type: 'SequenceLength',
  since: 11,
  says: 'How many tensors a list has.',
  inputs: [1, 1],
  infer: () => [{ dtype: 'int64', shape: [] }],
});
