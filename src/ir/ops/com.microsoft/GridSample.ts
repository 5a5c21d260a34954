import { op } from '../../op';

export default op({
  type: 'GridSample',
  domain: 'com.microsoft',
  since: 1,
  says: 'An image read at the places that a grid names, between pixels too.',
  inputs: [2, 2],
  infer(site) {
    const [{ dtype, shape }, grid] = [site.input(0), site.input(1).shape];
    if (shape === null || grid === null) return [{ dtype, shape: null }];
    return [{ dtype, shape: [...shape.slice(0, 2), ...grid.slice(1, -1)] }];
  },
});
