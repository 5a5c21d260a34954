import { op } from '../../op';

export default op({
  type: 'CDist',
  domain: 'com.microsoft',
  since: 1,
  says: 'The distance of every row of one matrix to every row of another.',
  inputs: [2, 2],
  infer(site) {
    const [a, b] = [site.input(0), site.input(1)];
    return [{ dtype: a.dtype, shape: [a.shape?.[0] ?? null, b.shape?.[0] ?? null] }];
  },
});
