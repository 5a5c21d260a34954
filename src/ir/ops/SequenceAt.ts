import { heldBy } from '../known';
import { op } from '../op';

export default op({
  type: 'SequenceAt',
  since: 11,
  says: 'The tensor at a place of a list.',
  inputs: [2, 2],
  infer: (site) => [heldBy(site.input(0))],
});
