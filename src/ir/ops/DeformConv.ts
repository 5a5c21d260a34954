import { convolutionMacs, convolved } from '../convolution';
import { op } from '../op';

export default op({
  type: 'DeformConv',
  since: 19,
  says: 'A convolution whose filters look at places that are moved by learnt offsets.',
  inputs: [3, 5],
  infer: (site) => [
    { dtype: site.input(0).dtype, shape: convolved(site, site.input(0).shape, site.input(1).shape) },
  ],
  macs: (site, [output]) => convolutionMacs(site.input(1).shape, output?.shape ?? null),
});
