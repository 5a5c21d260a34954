import { op } from '../op';

export default op({
  type: 'EyeLike',
  since: 9,
  says: 'Ones on a diagonal and zeros elsewhere, in the shape of another matrix.',
  inputs: [1, 1],
  infer(site) {
    const { dtype, shape } = site.input(0);
    return [{ dtype: site.dtype('dtype', dtype), shape }];
  },
});
