import { matrixProduct, matrixProductMacs } from '../../matmul';
import { op } from '../../op';

export default op({
  type: 'MatMulIntegerToFloat',
  domain: 'com.microsoft',
  since: 1,
  says: 'Matrix product of 8-bit numbers given as floats.',
  inputs: [4, 7],
  infer: (site) => [
    { dtype: site.input(2).dtype, shape: matrixProduct(site.input(0).shape, site.input(1).shape) },
  ],
  macs: (site, [output]) => matrixProductMacs(site.input(0).shape?.at(-1), output?.shape ?? null),
});
