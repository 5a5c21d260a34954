import { op } from '../op';

export default op({
  type: 'DequantizeLinear',
  since: 10,
  says: 'Numbers of few bits back to floats: (x - zero point) · scale, one scale for all, a channel or a block.',
  inputs: [2, 3],
  infer: (site) => [
    { dtype: site.dtype('output_dtype', site.input(1).dtype ?? 'float32'), shape: site.input(0).shape },
  ],
});
