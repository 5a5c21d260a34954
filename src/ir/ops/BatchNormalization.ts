import { intOf } from '../attributes';
import { withAttributes } from '../moves';
import { op } from '../op';

export default op({
  type: 'BatchNormalization',
  since: 1,
  says: 'Each channel brought to mean 0 and variance 1 by figures kept from training, then scaled and shifted.',
  inputs: [5, 5],
  outputs: [1, 5],
  breaks: [7, 9, 14],
  moves: {
    9: (node) =>
      intOf(node, 'spatial', 1) === 1 ? withAttributes(node, {}, ['spatial']) : 'it is not by channel',
    14: (node) => (node.outputs.length === 1 ? node : 'it is one for training'),
  },
  infer(site) {
    const { dtype, shape } = site.input(0);
    return site.node.outputs.map((_, at) =>
      at === 0 ? { dtype, shape } : { dtype, shape: site.input(1).shape },
    );
  },
});
