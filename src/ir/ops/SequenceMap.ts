import { heldBy, holding } from '../known';
import { op } from '../op';

export default op({
  type: 'SequenceMap',
  since: 17,
  says: 'A graph run on each tensor of a list.',
  inputs: [1, Infinity],
  outputs: [1, Infinity],
  requires: ['body'],
  infer(site) {
    const inputs = site.node.inputs.map((_, at) => site.input(at));
    const given = site.body(
      'body',
      inputs.map((input) => (input.type?.kind === 'sequence' ? heldBy(input) : input)),
    );
    return given?.map((output) => holding('sequence', output)) ?? [];
  },
  // How long the lists are is not known before it runs.
  macs: () => null,
});
