import { eitherOf, heldBy, holding, shapeOf } from '../known';
import { op } from '../op';

export default op({
  type: 'SequenceInsert',
  since: 11,
  says: 'A list with a tensor put in.',
  inputs: [2, 3],
  infer(site) {
    const [list, tensor] = [heldBy(site.input(0)), shapeOf(site.input(1))];
    return [holding('sequence', eitherOf(list, tensor))];
  },
});
