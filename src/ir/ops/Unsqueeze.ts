import type { Dim } from '../../core/shape';
import { axisOf } from '../dims';
import { numbersOf } from '../families';
import { toInputs } from '../moves';
import { op } from '../op';

export default op({
  type: 'Unsqueeze',
  since: 1,
  says: 'Dimensions of size 1 put in.',
  inputs: [1, 2],
  breaks: [13],
  moves: { 13: toInputs({ axes: [1, 'int64'] }) },
  infer(site) {
    const { dtype, shape, elements } = site.input(0);
    const given = site.ints('axes') ?? numbersOf(site.input(1).elements);
    if (shape === null || given === null) return [{ dtype, shape: null, elements: elements ?? null }];
    const rank = shape.length + given.length;
    const axes = given.map((axis) => axisOf(axis, rank));
    const left = [...shape];
    const dims = Array.from({ length: rank }, (_, at): Dim =>
      axes.includes(at) ? 1 : (left.shift() ?? null),
    );
    return [{ dtype, shape: dims, elements: elements ?? null }];
  },
});
