import { matrixProductMacs } from '../matmul';
import { op } from '../op';

export default op({
  type: 'Gemm',
  since: 1,
  says: 'alpha · A · B + beta · C with matrices, each of A and B transposed on request: a dense layer.',
  inputs: [2, 3],
  breaks: [7],
  infer(site) {
    const [a, b] = [site.input(0), site.input(1)];
    const rows = a.shape?.[site.int('transA', 0) === 1 ? 1 : 0] ?? null;
    const columns = b.shape?.[site.int('transB', 0) === 1 ? 0 : 1] ?? null;
    return [{ dtype: a.dtype ?? b.dtype, shape: [rows, columns] }];
  },
  macs(site, [output]) {
    const inner = site.input(0).shape?.[site.int('transA', 0) === 1 ? 0 : 1];
    return matrixProductMacs(inner, output?.shape ?? null);
  },
});
