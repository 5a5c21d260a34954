import { ofRank } from '../dims';
import { op } from '../op';

export default op({
  type: 'GridSample',
  since: 16,
  says: 'An image read at the places that a grid names, between pixels too.',
  inputs: [2, 2],
  breaks: [20],
  infer(site) {
    const [{ dtype, shape }, grid] = [site.input(0), site.input(1).shape];
    if (shape === null || grid === null) {
      const rank = shape?.length ?? grid?.length;
      return [{ dtype, shape: rank === undefined ? null : ofRank(rank) }];
    }
    return [{ dtype, shape: [shape[0] ?? grid[0] ?? null, shape[1] ?? null, ...grid.slice(1, -1)] }];
  },
});
