import { taper } from '../families';

export default taper({
  type: 'BlackmanWindow',
  since: 17,
  says: 'A window of three cosines that fades out a stretch of signal.',
  inputs: [1, 1],
});
