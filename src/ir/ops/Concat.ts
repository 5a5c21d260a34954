import { concatenated } from '../dims';
import { op } from '../op';

export default op({
  type: 'Concat',
  since: 1,
  says: 'Tensors put behind one another along an axis.',
  inputs: [1, Infinity],
  infer(site) {
    const inputs = site.node.inputs.map((_, at) => site.input(at));
    const dtype = inputs.find((input) => input.dtype !== null)?.dtype ?? null;
    const shapes = inputs.map((input) => input.shape);
    const parts = inputs.map(({ elements, shape }) => (shape?.length === 1 ? elements : null));
    const elements = parts.every((part) => part) ? parts.flatMap((part) => part ?? []) : null;
    return [{ dtype, shape: concatenated(shapes, site.int('axis', 1)), elements }];
  },
});
