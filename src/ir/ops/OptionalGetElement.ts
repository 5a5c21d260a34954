import { heldBy } from '../known';
import { op } from '../op';

export default op({
  type: 'OptionalGetElement',
  since: 15,
  says: 'The value in something that may be empty.',
  inputs: [1, 1],
  infer(site) {
    const input = site.input(0);
    return [input.type?.kind === 'optional' ? heldBy(input) : input];
  },
});
