import type { Dim, Shape } from '../../core/shape';
import { axisOf } from '../dims';
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
    const parts = inputs.map(({ elements }) => elements);
    const elements = parts.every((part) => part) ? parts.flatMap((part) => part ?? []) : null;
    return [{ dtype, shape: joined(shapes, site.int('axis', 1)), elements }];
  },
});

function joined(shapes: readonly Shape[], axis: number): Shape {
  const known = shapes.find((shape) => shape !== null);
  if (known === undefined) return null;
  const along = axisOf(axis, known.length);
  return known.map((_, at): Dim => {
    const dims = shapes.map((shape) => shape?.[at] ?? null);
    if (at !== along)
      return dims.find((dim) => typeof dim === 'number') ?? dims.find((dim) => dim !== null) ?? null;
    const sizes = dims.filter((dim) => typeof dim === 'number');
    return sizes.length === dims.length ? sizes.reduce((sum, size) => sum + size, 0) : null;
  });
}
