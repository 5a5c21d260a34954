import { op } from '../op';

export default op({
  type: 'Identity',
  since: 1,
  says: 'The same value under another name.',
  inputs: [1, 1],
  infer: (site) => [site.input(0)],
});
