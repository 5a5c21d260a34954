import { op } from '../../op';

export default op({
  type: 'MurmurHash3',
  domain: 'com.microsoft',
  since: 1,
  says: 'A number that stands for each element, the same for the same one.',
  inputs: [1, 1],
  infer: (site) => [
    { dtype: site.int('positive', 1) === 1 ? 'uint32' : 'int32', shape: site.input(0).shape },
  ],
});
