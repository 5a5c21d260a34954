import { holding, knownOf } from '../known';
import { op, unknown } from '../op';

export default op({
  type: 'Optional',
  since: 15,
  says: 'A value that may be absent, with or without one in it.',
  inputs: [0, 1],
  infer(site) {
    const type = site.node.attributes.get('type');
    if (site.has(0)) return [holding('optional', site.input(0))];
    return [type?.kind === 'type' ? holding('optional', knownOf(type.value)) : unknown];
  },
});
