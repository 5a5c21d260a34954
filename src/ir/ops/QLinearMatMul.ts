import { matrixProduct, matrixProductMacs } from '../matmul';
import { op } from '../op';

export default op({
  type: 'QLinearMatMul',
  since: 10,
  says: 'Matrix product of 8-bit numbers whose sums are brought back to 8 bits.',
  inputs: [8, 8],
  infer: (site) => [
    { dtype: site.input(7).dtype, shape: matrixProduct(site.input(0).shape, site.input(3).shape) },
  ],
  macs: (site, [output]) => matrixProductMacs(site.input(0).shape?.at(-1), output?.shape ?? null),
});
