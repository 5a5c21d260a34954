import { op } from '../op';

export default op({
  type: 'StringSplit',
  since: 20,
  says: 'Strings cut into parts at a delimiter, and how many parts each has.',
  inputs: [1, 1],
  outputs: [2, 2],
  infer(site) {
    const { shape } = site.input(0);
    return [
      { dtype: 'string', shape: shape && [...shape, null] },
      { dtype: 'int64', shape },
    ];
  },
});
