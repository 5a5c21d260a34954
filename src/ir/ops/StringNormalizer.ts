import { op } from '../op';

export default op({
  type: 'StringNormalizer',
  since: 10,
  says: 'Strings brought to lower or upper case, stop words left out.',
  inputs: [1, 1],
  infer(site) {
    const { shape } = site.input(0);
    if (shape === null) return [{ dtype: 'string', shape }];
    return [{ dtype: 'string', shape: shape.length === 2 ? [1, null] : [null] }];
  },
});
