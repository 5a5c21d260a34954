import { matrixProduct, matrixProductMacs, turned } from '../../matmul';
import { op } from '../../op';

export default op({
  type: 'FusedMatMulActivation',
  domain: 'com.microsoft',
  since: 1,
  says: 'Matrix product with a factor, each side transposed on request, and an activation.',
  inputs: [2, 2],
  requires: ['activation'],
  infer(site) {
    const [a, b] = [site.input(0), site.input(1)];
    const left = turned(a.shape, site.int('transA', 0) === 1, site.int('transBatchA', 0) === 1);
    const right = turned(b.shape, site.int('transB', 0) === 1, site.int('transBatchB', 0) === 1);
    return [{ dtype: a.dtype ?? b.dtype, shape: matrixProduct(left, right) }];
  },
  macs(site, [output]) {
    const left = turned(site.input(0).shape, site.int('transA', 0) === 1, site.int('transBatchA', 0) === 1);
    return matrixProductMacs(left?.at(-1), output?.shape ?? null);
  },
});
