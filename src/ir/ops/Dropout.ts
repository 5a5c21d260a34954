import { dropoutToIdentity } from '../moves';
import { op } from '../op';

export default op({
  type: 'Dropout',
  since: 1,
  says: 'Zeroes some elements while training; passes everything on when a model is used.',
  inputs: [1, 3],
  outputs: [1, 2],
  breaks: [7, 12],
  moves: { 12: dropoutToIdentity },
  infer(site) {
    const { dtype, shape } = site.input(0);
    return [
      { dtype, shape },
      { dtype: 'bool', shape },
    ];
  },
});
