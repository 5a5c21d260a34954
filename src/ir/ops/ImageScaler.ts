import { elementwise } from '../families';

export default elementwise({
  type: 'ImageScaler',
  since: 1,
  says: 'An image with its brightness scaled and each channel shifted; an experiment that was given up.',
  breaks: [10],
});
