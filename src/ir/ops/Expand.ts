import { broadcast, fixedCount, ofRank } from '../dims';
import { op } from '../op';

export default op({
  type: 'Expand',
  since: 8,
  says: 'A tensor repeated to fill larger dimensions.',
  inputs: [2, 2],
  infer(site) {
    const [{ dtype, shape, elements }, target] = [site.input(0), site.input(1)];
    const [rank] = target.shape ?? [];
    const asked = target.elements ?? (typeof rank === 'number' ? ofRank(rank) : null);
    const expanded = broadcast(shape, asked);
    const count = fixedCount(expanded);
    const [only = null] = elements?.length === 1 ? elements : [];
    const filled = only !== null && count !== null && count <= 64;
    return [{ dtype, shape: expanded, elements: filled ? Array.from({ length: count }, () => only) : null }];
  },
});
