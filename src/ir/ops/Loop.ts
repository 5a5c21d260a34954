import { op } from '../op';

export default op({
  type: 'Loop',
  since: 1,
  says: 'A graph run again and again.',
  infer: () => [],
  // What runs inside is not known before it runs.
  macs: () => null,
});
