import { taper } from '../families';

export default taper({
  type: 'HammingWindow',
  since: 17,
  says: 'A raised cosine that fades out a stretch of signal, not quite to 0.',
  inputs: [1, 1],
});
