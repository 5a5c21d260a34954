import { matrixProductMacs } from '../../matmul';
import { op } from '../../op';

export default op({
  type: 'QGemm',
  domain: 'com.microsoft',
  since: 1,
  says: 'A dense layer of 8-bit numbers.',
  inputs: [6, 9],
  infer(site) {
    const [a, b] = [site.input(0), site.input(3)];
    const rows = a.shape?.[site.int('transA', 0) === 1 ? 1 : 0] ?? null;
    const columns = b.shape?.[site.int('transB', 0) === 1 ? 0 : 1] ?? null;
    return [
      {
        dtype: site.has(8) ? site.input(8).dtype : site.has(7) ? a.dtype : 'float32',
        shape: [rows, columns],
      },
    ];
  },
  macs(site, [output]) {
    const inner = site.input(0).shape?.[site.int('transA', 0) === 1 ? 0 : 1];
    return matrixProductMacs(inner, output?.shape ?? null);
  },
});
