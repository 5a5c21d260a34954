import { matrixProductMacs } from '../../matmul';
import { op } from '../../op';

export default op({
  type: 'MatMulBnb4',
  domain: 'com.microsoft',
  since: 1,
  says: 'Matrix product with a weight of 4 bits a number, in blocks that share a largest value.',
  inputs: [3, 3],
  requires: ['K', 'N', 'block_size', 'quant_type'],
  infer(site) {
    const { dtype, shape } = site.input(0);
    return [{ dtype, shape: shape && [...shape.slice(0, -1), site.int('N', 0)] }];
  },
  macs: (site, [output]) => matrixProductMacs(site.int('K', 0), output?.shape ?? null),
});
