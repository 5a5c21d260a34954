import { elementwise } from '../families';

export default elementwise({
  type: 'Clip',
  since: 1,
  says: 'Each element kept between min and max.',
  breaks: [11],
});
