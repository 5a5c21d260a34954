import { axisOf } from '../dims';
import { heldBy } from '../known';
import { op } from '../op';

export default op({
  type: 'ConcatFromSequence',
  since: 11,
  says: 'The tensors of a list put behind one another along an axis, or stacked along a new one.',
  inputs: [1, 1],
  requires: ['axis'],
  infer(site) {
    const { dtype, shape } = heldBy(site.input(0));
    if (shape === null) return [{ dtype, shape }];
    const isNew = site.int('new_axis', 0) === 1;
    const axis = axisOf(site.int('axis', 0), shape.length + (isNew ? 1 : 0));
    return [{ dtype, shape: isNew ? shape.toSpliced(axis, 0, null) : shape.with(axis, null) }];
  },
});
