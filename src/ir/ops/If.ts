import { eitherOf } from '../known';
import { op, unknown } from '../op';

export default op({
  type: 'If',
  since: 1,
  says: 'One of two graphs, by a condition.',
  inputs: [1, 1],
  outputs: [1, Infinity],
  requires: ['else_branch', 'then_branch'],
  infer(site) {
    const branches = [site.body('else_branch', []), site.body('then_branch', [])] as const;
    const [condition = null] = site.input(0).elements ?? [];
    if (typeof condition === 'number') return [...((condition === 0 ? branches[0] : branches[1]) ?? [])];
    const [otherwise, then] = branches;
    return site.node.outputs.map((_, at) => eitherOf(then?.[at] ?? unknown, otherwise?.[at] ?? unknown));
  },
  // What runs inside is not known before it runs.
  macs: () => null,
});
