import { axisOf } from '../dims';
import { op } from '../op';

export default op({
  type: 'Unique',
  since: 11,
  says: 'Every different element once, where it stood first, which one each was, and how often.',
  inputs: [1, 1],
  outputs: [1, 4],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const axis = site.node.attributes.has('axis') ? site.int('axis', 0) : null;
    const kept = axis === null ? [null] : shape && shape.with(axisOf(axis, shape.length), null);
    return [{ dtype, shape: kept }, ...[1, 2, 3].map(() => ({ dtype: 'int64' as const, shape: [null] }))];
  },
});
