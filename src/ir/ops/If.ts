import { op } from '../op';

export default op({
  type: 'If',
  since: 1,
  says: 'One of two graphs, by a condition.',
  infer: () => [],
  // What runs inside is not known before it runs.
  macs: () => null,
});
