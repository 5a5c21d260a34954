import { randomly } from '../families';

export default randomly({
  type: 'RandomUniformLike',
  since: 1,
  says: 'Random numbers from an interval, in the shape of another tensor.',
  inputs: [1, 1],
});
