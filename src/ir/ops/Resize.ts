import { stringOf } from '../attributes';
import { mapDim } from '../dims';
import { numbersOf } from '../families';
import { withAttributes } from '../moves';
import { op } from '../op';

export default op({
  type: 'Resize',
  since: 10,
  says: 'An image made larger or smaller by interpolation.',
  inputs: [1, 4],
  breaks: [11, 13, 18],
  moves: {
    11: (node) => {
      const [image = '', scales = ''] = node.inputs;
      const same = { coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' };
      return { ...withAttributes(node, same), inputs: [image, '', scales] };
    },
    13: (node) =>
      stringOf(node, 'coordinate_transformation_mode', '') === 'tf_half_pixel_for_nn'
        ? 'its way of rounding is gone'
        : node,
    18: (node) => node,
  },
  infer(site) {
    const { dtype, shape } = site.input(0);
    const sizes = site.opset >= 11 ? numbersOf(site.input(3).elements) : null;
    if (shape === null) return [{ dtype, shape }];
    const whole = sizes?.length === shape.length ? sizes : null;
    return [{ dtype, shape: shape.map((dim, at) => whole?.[at] ?? mapDim(dim, () => NaN)) }];
  },
});
