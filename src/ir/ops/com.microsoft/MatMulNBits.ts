import { matrixProductMacs } from '../../matmul';
import { op } from '../../op';

export default op({
  type: 'MatMulNBits',
  domain: 'com.microsoft',
  since: 1,
  says: 'Matrix product with a weight of 2, 4 or 8 bits a number, in blocks that share a scale.',
  inputs: [3, 6],
  requires: ['K', 'N', 'block_size'],
  infer(site) {
    const { dtype, shape } = site.input(0);
    return [{ dtype, shape: shape && [...shape.slice(0, -1), site.int('N', 0)] }];
  },
  macs: (site, [output]) => matrixProductMacs(site.int('K', 0), output?.shape ?? null),
});
