import { op } from '../op';

export default op({
  type: 'GatherElements',
  since: 11,
  says: 'Elements picked by index along an axis, one index each.',
  inputs: [2, 2],
  infer: (site) => [{ dtype: site.input(0).dtype, shape: site.input(1).shape }],
});
