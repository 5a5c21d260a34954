import { mapDim } from '../dims';
import { op } from '../op';

export default op({
  type: 'MelWeightMatrix',
  since: 17,
  says: 'The matrix that turns frequencies into bands as wide as an ear hears them.',
  inputs: [5, 5],
  infer(site) {
    const [bands = null] = site.input(0).elements ?? [];
    const [length = null] = site.input(1).elements ?? [];
    const dtype = site.dtype('output_datatype', 'float32');
    return [{ dtype, shape: [mapDim(length, (size) => Math.floor(size / 2) + 1), bands] }];
  },
});
