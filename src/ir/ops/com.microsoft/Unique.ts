import { op } from '../../op';

export default op({
  type: 'Unique',
  domain: 'com.microsoft',
  since: 1,
  says: 'Every different element once, which one each was, and how often.',
  inputs: [1, 1],
  outputs: [3, 3],
  infer: (site) => [
    { dtype: site.input(0).dtype, shape: [null] },
    { dtype: 'int64', shape: site.input(0).shape },
    { dtype: 'int64', shape: [null] },
  ],
});
