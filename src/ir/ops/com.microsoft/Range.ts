import { op } from '../../op';

export default op({
  type: 'Range',
  domain: 'com.microsoft',
  since: 1,
  says: 'Numbers from a start to a limit in steps.',
  inputs: [2, 3],
  infer: (site) => [{ dtype: site.input(0).dtype, shape: [null] }],
});
