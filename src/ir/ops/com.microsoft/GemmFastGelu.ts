import { matrixProduct, matrixProductMacs } from '../../matmul';
import { op } from '../../op';

export default op({
  type: 'GemmFastGelu',
  domain: 'com.microsoft',
  since: 1,
  says: 'Matrix product, a bias and an approximation of Gelu in one.',
  inputs: [2, 3],
  infer: (site) => [
    { dtype: site.input(0).dtype, shape: matrixProduct(site.input(0).shape, site.input(1).shape) },
  ],
  macs: (site, [output]) => matrixProductMacs(site.input(0).shape?.at(-1), output?.shape ?? null),
});
