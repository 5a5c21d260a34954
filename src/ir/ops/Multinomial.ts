import { op } from '../op';

export default op({
  type: 'Multinomial',
  since: 7,
  says: 'Classes drawn by chance from scores.',
  inputs: [1, 1],
  infer(site) {
    const [batch = null] = site.input(0).shape ?? [];
    return [{ dtype: site.dtype('dtype', 'int32'), shape: [batch, site.int('sample_size', 1)] }];
  },
});
