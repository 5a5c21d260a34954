import { taper } from '../families';

export default taper({
  type: 'HannWindow',
  since: 17,
  says: 'A raised cosine that fades out a stretch of signal to 0.',
  inputs: [1, 1],
});
