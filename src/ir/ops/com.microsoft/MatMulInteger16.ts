import { matrixProduct, matrixProductMacs } from '../../matmul';
import { op } from '../../op';

export default op({
  type: 'MatMulInteger16',
  domain: 'com.microsoft',
  since: 1,
  says: 'Matrix product of 16-bit numbers, summed in 32 bits.',
  inputs: [2, 2],
  infer: (site) => [{ dtype: 'int32', shape: matrixProduct(site.input(0).shape, site.input(1).shape) }],
  macs: (site, [output]) => matrixProductMacs(site.input(0).shape?.at(-1), output?.shape ?? null),
});
