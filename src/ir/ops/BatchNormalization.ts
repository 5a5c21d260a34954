import { op } from '../op';

export default op({
  type: 'BatchNormalization',
  since: 1,
  says: 'Each channel brought to mean 0 and variance 1 by figures kept from training, then scaled and shifted.',
  breaks: [7, 9, 14],
  infer(site) {
    const { dtype, shape } = site.input(0);
    return site.node.outputs.map((_, at) =>
      at === 0 ? { dtype, shape } : { dtype, shape: site.input(1).shape },
    );
  },
});
