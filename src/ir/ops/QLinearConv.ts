import { convolutionMacs, convolved } from '../convolution';
import { op } from '../op';

export default op({
  type: 'QLinearConv',
  since: 10,
  says: 'A convolution of 8-bit numbers whose sums are brought back to 8 bits.',
  inputs: [8, 9],
  infer: (site) => [
    {
      dtype: site.input(7).dtype ?? site.input(0).dtype,
      shape: convolved(site, site.input(0).shape, site.input(3).shape),
    },
  ],
  macs: (site, [output]) => convolutionMacs(site.input(3).shape, output?.shape ?? null),
});
