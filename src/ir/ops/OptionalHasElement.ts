import { op } from '../op';

export default op({
  type: 'OptionalHasElement',
  since: 15,
  says: 'Whether there is a value in something that may be empty.',
  inputs: [0, 1],
  infer: () => [{ dtype: 'bool', shape: [] }],
});
