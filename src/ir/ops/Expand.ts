import { broadcast } from '../dims';
import { op } from '../op';

export default op({
  type: 'Expand',
  since: 8,
  says: 'A tensor repeated to fill larger dimensions.',
  inputs: [2, 2],
  infer(site) {
    const { dtype, shape } = site.input(0);
    return [{ dtype, shape: broadcast(shape, site.input(1).elements ?? null) }];
  },
});
