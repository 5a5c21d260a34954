import { matrixProduct, matrixProductMacs } from '../../matmul';
import { op } from '../../op';

export default op({
  type: 'DynamicQuantizeMatMul',
  domain: 'com.microsoft',
  since: 1,
  says: 'Matrix product whose left side is quantized on the way.',
  inputs: [3, 5],
  infer: (site) => [
    { dtype: site.input(0).dtype, shape: matrixProduct(site.input(0).shape, site.input(1).shape) },
  ],
  macs: (site, [output]) => matrixProductMacs(site.input(0).shape?.at(-1), output?.shape ?? null),
});
