import { matrixProduct, matrixProductMacs } from '../matmul';
import { op } from '../op';

export default op({
  type: 'MatMul',
  since: 1,
  says: 'Matrix product; leading dimensions are a stack of matrices.',
  inputs: [2, 2],
  infer(site) {
    const [a, b] = [site.input(0), site.input(1)];
    return [{ dtype: a.dtype ?? b.dtype, shape: matrixProduct(a.shape, b.shape) }];
  },
  macs: (site, [output]) => matrixProductMacs(site.input(0).shape?.at(-1), output?.shape ?? null),
});
