import { convolutionMacs, convolved } from '../convolution';
import { op } from '../op';

export default op({
  type: 'Conv',
  since: 1,
  says: 'Slides learnt filters over an image or signal: each output element is one filter times what lies under it.',
  inputs: [2, 3],
  infer: (site) => [
    { dtype: site.input(0).dtype, shape: convolved(site, site.input(0).shape, site.input(1).shape) },
  ],
  macs: (site, [output]) => convolutionMacs(site.input(1).shape, output?.shape ?? null),
});
