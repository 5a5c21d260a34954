import { axisOf } from '../dims';
import { numbersOf } from '../families';
import { toInputs } from '../moves';
import { op } from '../op';

export default op({
  type: 'Squeeze',
  since: 1,
  says: 'Dimensions of size 1 taken away.',
  inputs: [1, 2],
  breaks: [13],
  moves: { 13: toInputs({ axes: [1, 'int64'] }) },
  infer(site) {
    const { dtype, shape, elements } = site.input(0);
    const given = site.ints('axes') ?? numbersOf(site.input(1).elements);
    if (shape === null || (given === null && site.has(1)))
      return [{ dtype, shape: null, elements: elements ?? null }];
    if (given === null && shape.some((dim) => typeof dim !== 'number')) return [{ dtype, shape: null }];
    const axes = given?.map((axis) => axisOf(axis, shape.length));
    const kept = shape.filter((dim, at) => (axes ? !axes.includes(at) : dim !== 1));
    return [{ dtype, shape: kept, elements: elements ?? null }];
  },
});
