import { op } from '../op';

export default op({
  type: 'Loop',
  since: 1,
  says: 'A graph run again and again.',
  inputs: [2, Infinity],
  outputs: [1, Infinity],
  requires: ['body'],
  infer: () => [],
  // What runs inside is not known before it runs.
  macs: () => null,
});
