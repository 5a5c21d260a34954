import { op } from '../../op';

export default op({
  type: 'CropAndResize',
  domain: 'com.microsoft',
  since: 1,
  says: 'Regions of an image cut out and brought to one size.',
  inputs: [4, 4],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const [height = null, width = null] = site.input(3).elements ?? [];
    return [{ dtype, shape: [site.input(1).shape?.[0] ?? null, shape?.[1] ?? null, height, width] }];
  },
});
