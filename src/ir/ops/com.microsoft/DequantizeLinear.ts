import { op } from '../../op';

export default op({
  type: 'DequantizeLinear',
  domain: 'com.microsoft',
  since: 1,
  says: 'Numbers of few bits back to floats; older than the ONNX operator of that name.',
  inputs: [2, 3],
  infer: (site) => [{ dtype: site.input(1).dtype, shape: site.input(0).shape }],
});
