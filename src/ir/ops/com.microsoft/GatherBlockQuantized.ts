import { axisOf, mapDim } from '../../dims';
import { op } from '../../op';

export default op({
  type: 'GatherBlockQuantized',
  domain: 'com.microsoft',
  since: 1,
  says: 'Slices picked by index from a tensor of few bits, given as floats.',
  inputs: [3, 4],
  infer(site) {
    const [{ dtype: packed, shape }, indices, scales] = [site.input(0), site.input(1), site.input(2)];
    if (shape === null || indices.shape === null) return [{ dtype: scales.dtype, shape: null }];
    const axis = axisOf(site.int('gather_axis', 0), shape.length);
    const perByte = packed === 'uint8' ? 8 / site.int('bits', 4) : 1;
    const whole = shape.with(
      -1,
      mapDim(shape.at(-1), (size) => size * perByte),
    );
    return [
      { dtype: scales.dtype, shape: [...whole.slice(0, axis), ...indices.shape, ...whole.slice(axis + 1)] },
    ];
  },
});
