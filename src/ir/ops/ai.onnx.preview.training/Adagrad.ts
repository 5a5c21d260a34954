import { shapeOf } from '../../known';
import { op } from '../../op';

export default op({
  type: 'Adagrad',
  domain: 'ai.onnx.preview.training',
  since: 1,
  says: 'A step of training in which each weight moves less the more it has moved.',
  inputs: [3, Infinity],
  outputs: [1, Infinity],
  infer(site) {
    // Rate and step come first, then the weights, their gradients and what is kept of steps before.
    const count = (site.node.inputs.length - 2) / 3;
    return site.node.outputs.map((_, at) => shapeOf(site.input(2 + (at < count ? at : at + count))));
  },
});
