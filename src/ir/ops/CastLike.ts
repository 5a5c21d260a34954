import { castTo } from '../known';
import { op } from '../op';

export default op({
  type: 'CastLike',
  since: 15,
  says: 'The same numbers as the type of another tensor.',
  inputs: [2, 2],
  infer: (site) => [castTo(site.input(1).dtype, site.input(0))],
});
