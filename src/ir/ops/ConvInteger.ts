import { convolutionMacs, convolved } from '../convolution';
import { op } from '../op';

export default op({
  type: 'ConvInteger',
  since: 10,
  says: 'A convolution of 8-bit numbers, summed in 32 bits.',
  inputs: [2, 4],
  infer: (site) => [{ dtype: 'int32', shape: convolved(site, site.input(0).shape, site.input(1).shape) }],
  macs: (site, [output]) => convolutionMacs(site.input(1).shape, output?.shape ?? null),
});
