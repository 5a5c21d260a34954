import { stringOf } from '../attributes';
import type { Dim } from '../../core/shape';
import { axisOf, mapDim } from '../dims';
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
    if (shape === null) return [{ dtype, shape: null }];
    const axes = (site.ints('axes') ?? shape.map((_, at) => at)).map((axis) => axisOf(axis, shape.length));
    const fits = (list: readonly Dim[] | null | undefined) => (list?.length === axes.length ? list : null);
    const sizes = site.opset >= 11 ? fits(site.input(3).elements) : null;
    const scales = fits(numbersOf(site.input(site.opset >= 11 ? 2 : 1).elements));
    const stretched = site.string('keep_aspect_ratio_policy', 'stretch') === 'stretch';
    return [
      {
        dtype,
        shape: shape.map((dim, axis) => {
          const at = axes.indexOf(axis);
          if (at < 0) return dim;
          if (sizes) return stretched ? (sizes[at] ?? null) : null;
          const scale = scales?.[at];
          if (typeof scale !== 'number') return null;
          return scale === 1 ? dim : mapDim(dim, (size) => Math.floor(Math.fround(size * scale)));
        }),
      },
    ];
  },
});
