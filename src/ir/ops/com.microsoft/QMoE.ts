import { elementwise } from '../../families';

export default elementwise({
  type: 'QMoE',
  domain: 'com.microsoft',
  since: 1,
  says: 'Each token sent through the few dense networks, with weights of few bits, that a router picks for it.',
  inputs: [6, 21],
});
