import { eitherOf, holding, shapeOf } from '../known';
import { op, unknown } from '../op';

export default op({
  type: 'SequenceConstruct',
  since: 11,
  says: 'A list of tensors.',
  inputs: [1, Infinity],
  infer(site) {
    const inputs = site.node.inputs.map((_, at) => shapeOf(site.input(at)));
    return [holding('sequence', inputs.length > 0 ? inputs.reduce(eitherOf) : unknown)];
  },
});
