import { axisOf, mapDim } from '../dims';
import { numbersOf } from '../families';
import { toInputs, withAttributes } from '../moves';
import { op } from '../op';

export default op({
  type: 'Split',
  since: 1,
  says: 'A tensor cut into several along an axis.',
  inputs: [1, 2],
  outputs: [1, Infinity],
  breaks: [13, 18],
  moves: {
    13: toInputs({ split: [1, 'int64'] }),
    18: (node) => (node.inputs[1] ? node : withAttributes(node, { num_outputs: node.outputs.length })),
  },
  infer(site) {
    const { dtype, shape, elements } = site.input(0);
    const parts = site.int('num_outputs', site.node.outputs.length);
    if (shape === null) return site.node.outputs.map(() => ({ dtype, shape }));
    const axis = axisOf(site.int('axis', 0), shape.length);
    const sizes = site.ints('split') ?? numbersOf(site.input(1).elements);
    return site.node.outputs.map((_, at) => {
      const even = mapDim(shape[axis], (size) =>
        Math.min(Math.ceil(size / parts), size - Math.ceil(size / parts) * at),
      );
      const size = site.has(1) && !sizes ? null : (sizes?.[at] ?? even);
      const start = sizes?.slice(0, at).reduce((total, each) => total + each, 0);
      const part =
        shape.length === 1 && elements && start !== undefined && typeof size === 'number'
          ? elements.slice(start, start + size)
          : null;
      return { dtype, shape: shape.with(axis, size), elements: part };
    });
  },
});
