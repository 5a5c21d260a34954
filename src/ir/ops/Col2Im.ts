import { elementCount } from '../../core/shape';
import { mapDim, ofRank } from '../dims';
import { numbersOf } from '../families';
import { op } from '../op';

export default op({
  type: 'Col2Im',
  since: 18,
  says: 'Columns of image blocks laid back over one another, sums where they overlap.',
  inputs: [3, 3],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const [image, block] = [site.input(1).elements, numbersOf(site.input(2).elements)];
    const rank = site.input(1).shape?.[0];
    const sizes = image ?? (typeof rank === 'number' ? ofRank(rank) : null);
    if (sizes === null) return [{ dtype, shape: null }];
    const channels = mapDim(shape?.[1], (columns) => columns / (block ? elementCount(block) : NaN));
    return [{ dtype, shape: [shape?.[0] ?? null, channels, ...sizes] }];
  },
});
