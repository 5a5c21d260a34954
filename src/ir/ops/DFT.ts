import { axisOf, mapDim } from '../dims';
import { numbersOf } from '../families';
import { op } from '../op';

export default op({
  type: 'DFT',
  since: 17,
  says: 'The discrete Fourier transform along an axis, or its inverse.',
  inputs: [1, 3],
  breaks: [20],
  infer(site) {
    const { dtype, shape } = site.input(0);
    if (shape === null) return [{ dtype, shape }];
    const asked = site.has(2)
      ? numbersOf(site.input(2).elements)
      : [site.int('axis', site.opset < 20 ? 1 : -2)];
    const [given] = asked ?? [];
    const length = site.has(1) ? (site.input(1).elements?.[0] ?? null) : undefined;
    const isInverse = site.int('inverse', 0) === 1;
    const isHalf = site.int('onesided', 0) === 1;
    const axis = given === undefined ? null : axisOf(given, shape.length);
    return [
      {
        dtype,
        shape: shape.map((dim, at) => {
          if (at === shape.length - 1) return isInverse && isHalf ? 1 : 2;
          if (axis === null) return null;
          if (at !== axis) return dim;
          const whole = length === undefined ? dim : length;
          return isHalf && !isInverse ? mapDim(whole, (size) => Math.floor(size / 2) + 1) : whole;
        }),
      },
    ];
  },
});
