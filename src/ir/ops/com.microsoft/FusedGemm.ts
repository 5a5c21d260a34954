import { matrixProductMacs } from '../../matmul';
import { op } from '../../op';

export default op({
  type: 'FusedGemm',
  domain: 'com.microsoft',
  since: 1,
  says: 'A dense layer and its activation in one.',
  inputs: [2, 3],
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
