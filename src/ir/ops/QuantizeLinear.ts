import { op } from '../op';

export default op({
  type: 'QuantizeLinear',
  since: 10,
  says: 'Floats to numbers of few bits: x / scale + zero point, rounded and kept in range.',
  inputs: [2, 3],
  infer: (site) => [
    {
      dtype: site.has(2) ? site.input(2).dtype : site.dtype('output_dtype', 'uint8'),
      shape: site.input(0).shape,
    },
  ],
});
