import { shapeOf } from '../../known';
import { op } from '../../op';

export default op({
  type: 'Adam',
  domain: 'ai.onnx.preview.training',
  since: 1,
  says: 'A step of training paced by running means of the gradient and its square.',
  inputs: [3, Infinity],
  outputs: [1, Infinity],
  infer(site) {
    // Rate and step come first, then the weights, their gradients and what is kept of steps before.
    const count = (site.node.inputs.length - 2) / 4;
    return site.node.outputs.map((_, at) => shapeOf(site.input(2 + (at < count ? at : at + count))));
  },
});
