import { op } from '../op';

export default op({
  type: 'NonZero',
  since: 9,
  says: 'The places of all elements that are not 0.',
  inputs: [1, 1],
  infer: (site) => [{ dtype: 'int64', shape: [site.input(0).shape?.length ?? null, null] }],
});
