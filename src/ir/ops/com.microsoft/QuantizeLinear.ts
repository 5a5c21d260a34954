import { op } from '../../op';

export default op({
  type: 'QuantizeLinear',
  domain: 'com.microsoft',
  since: 1,
  says: 'Floats to numbers of few bits; older than the ONNX operator of that name.',
  inputs: [2, 3],
  infer: (site) => [{ dtype: site.has(2) ? site.input(2).dtype : 'uint8', shape: site.input(0).shape }],
});
