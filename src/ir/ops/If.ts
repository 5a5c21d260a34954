import { op } from '../op';

export default op({
  type: 'If',
  since: 1,
  says: 'One of two graphs, by a condition.',
  inputs: [1, 1],
  outputs: [1, Infinity],
  requires: ['else_branch', 'then_branch'],
  infer: () => [],
  // What runs inside is not known before it runs.
  macs: () => null,
});
