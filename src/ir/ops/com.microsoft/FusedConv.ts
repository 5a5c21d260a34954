import { convolutionMacs, convolved } from '../../convolution';
import { op } from '../../op';

export default op({
  type: 'FusedConv',
  domain: 'com.microsoft',
  since: 1,
  says: 'A convolution, something added to it, and an activation in one.',
  inputs: [2, 4],
  infer: (site) => [
    { dtype: site.input(0).dtype, shape: convolved(site, site.input(0).shape, site.input(1).shape) },
  ],
  macs: (site, [output]) => convolutionMacs(site.input(1).shape, output?.shape ?? null),
});
