import { elementwise } from '../../families';

export default elementwise({
  type: 'BiasAdd',
  domain: 'com.microsoft',
  since: 1,
  says: 'x plus a bias plus another tensor.',
  inputs: [3, 3],
});
