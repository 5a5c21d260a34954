import { randomly } from '../families';

export default randomly({
  type: 'RandomNormalLike',
  since: 1,
  says: 'Random numbers from a normal distribution, in the shape of another tensor.',
  inputs: [1, 1],
});
