import { op } from '../op';

export default op({
  type: 'SequenceErase',
  since: 11,
  says: 'A list without the tensor at a place.',
  inputs: [1, 2],
  infer: (site) => [site.input(0)],
});
