import { op } from '../op';
import { castTo } from '../known';

export default op({
  type: 'Cast',
  since: 1,
  says: 'The same numbers as another type.',
  inputs: [1, 1],
  requires: ['to'],
  breaks: [6],
  infer: (site) => [castTo(site.dtype('to', null), site.input(0))],
});
