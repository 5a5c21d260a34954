import { op } from '../../op';

export default op({
  type: 'SkipGroupNorm',
  domain: 'com.microsoft',
  since: 1,
  says: 'The sum of two tensors, groups of channels brought to mean 0 and variance 1, then scaled and shifted.',
  inputs: [4, 5],
  outputs: [1, 2],
  requires: ['activation', 'groups'],
  infer(site) {
    const { dtype, shape } = site.input(0);
    return [
      { dtype, shape },
      { dtype, shape },
    ];
  },
});
