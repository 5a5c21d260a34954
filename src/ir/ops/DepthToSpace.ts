import { mapDim } from '../dims';
import { op } from '../op';

export default op({
  type: 'DepthToSpace',
  since: 1,
  says: 'Channels laid out as blocks of pixels.',
  inputs: [1, 1],
  requires: ['blocksize'],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const size = site.int('blocksize', 1);
    const grown = shape?.map((dim, at) =>
      at === 0 ? dim : mapDim(dim, (n) => (at === 1 ? n / size ** 2 : n * size)),
    );
    return [{ dtype, shape: grown ?? null }];
  },
});
