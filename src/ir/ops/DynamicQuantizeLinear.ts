import { op } from '../op';

export default op({
  type: 'DynamicQuantizeLinear',
  since: 11,
  says: 'Floats to 8 bits with a scale and zero point taken from the data itself.',
  inputs: [1, 1],
  outputs: [3, 3],
  infer: (site) => [
    { dtype: 'uint8', shape: site.input(0).shape },
    { dtype: 'float32', shape: [] },
    { dtype: 'uint8', shape: [] },
  ],
});
