import { elementwise } from '../../families';

export default elementwise({
  type: 'QuickGelu',
  domain: 'com.microsoft',
  since: 1,
  says: 'x times the sigmoid of alpha · x.',
});
