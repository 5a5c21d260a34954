import { elementwise } from '../../families';

export default elementwise({
  type: 'MoE',
  domain: 'com.microsoft',
  since: 1,
  says: 'Each token sent through the few dense networks that a router picks for it.',
  inputs: [5, 8],
});
