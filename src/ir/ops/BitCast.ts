import { op } from '../op';

export default op({
  type: 'BitCast',
  since: 26,
  says: 'The same bits as another type of the same width.',
  inputs: [1, 1],
  requires: ['to'],
  infer: (site) => [{ dtype: site.dtype('to', null), shape: site.input(0).shape }],
});
