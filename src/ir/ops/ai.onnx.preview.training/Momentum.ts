import { shapeOf } from '../../known';
import { op } from '../../op';

export default op({
  type: 'Momentum',
  domain: 'ai.onnx.preview.training',
  since: 1,
  says: 'A step of training that keeps some of the pace of the steps before.',
  inputs: [3, Infinity],
  outputs: [1, Infinity],
  requires: ['alpha', 'beta', 'mode', 'norm_coefficient'],
  infer(site) {
    // Rate and step come first, then the weights, their gradients and what is kept of steps before.
    const count = (site.node.inputs.length - 2) / 3;
    return site.node.outputs.map((_, at) => shapeOf(site.input(2 + (at < count ? at : at + count))));
  },
});
