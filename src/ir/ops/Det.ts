import { op } from '../op';

export default op({
  type: 'Det',
  since: 11,
  says: 'The determinant of each matrix.',
  inputs: [1, 1],
  infer(site) {
    const { dtype, shape } = site.input(0);
    return [{ dtype, shape: shape && shape.slice(0, -2) }];
  },
});
