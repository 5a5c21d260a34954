import { op } from '../op';

export default op({
  type: 'ImageDecoder',
  since: 20,
  says: 'The pixels of a compressed image file.',
  inputs: [1, 1],
  infer(site) {
    const channels = site.string('pixel_format', 'RGB') === 'Grayscale' ? 1 : 3;
    return [{ dtype: 'uint8', shape: [null, null, channels] }];
  },
});
