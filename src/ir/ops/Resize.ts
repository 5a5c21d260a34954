import { mapDim } from '../dims';
import { numbersOf } from '../families';
import { op } from '../op';

export default op({
  type: 'Resize',
  since: 10,
  says: 'An image made larger or smaller by interpolation.',
  breaks: [11, 13, 18],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const sizes = site.opset >= 11 ? numbersOf(site.input(3).ints) : null;
    if (shape === null) return [{ dtype, shape }];
    const whole = sizes?.length === shape.length ? sizes : null;
    return [{ dtype, shape: shape.map((dim, at) => whole?.[at] ?? mapDim(dim, () => NaN)) }];
  },
});
