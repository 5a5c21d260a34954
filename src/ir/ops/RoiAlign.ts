import { withAttributes } from '../moves';
import { op } from '../op';

export default op({
  type: 'RoiAlign',
  since: 10,
  says: 'The mean of points in each cell of a grid laid over each region of an image.',
  inputs: [3, 3],
  breaks: [16],
  moves: { 16: (node) => withAttributes(node, { coordinate_transformation_mode: 'output_half_pixel' }) },
  infer(site) {
    const { dtype, shape } = site.input(0);
    const regions = site.input(1).shape?.[0] ?? site.input(2).shape?.[0] ?? null;
    const cells = [site.int('output_height', 1), site.int('output_width', 1)];
    return [{ dtype, shape: [regions, shape?.[1] ?? null, ...cells] }];
  },
});
