import { channelsLast, convolutionMacs, convolved } from '../../convolution';
import { op } from '../../op';

export default op({
  type: 'QLinearConv',
  domain: 'com.microsoft',
  since: 1,
  says: 'A convolution of 8-bit numbers, channels first or last, whose sums are brought back to 8 bits.',
  inputs: [8, 9],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const isLast = site.int('channels_last', 0) === 1;
    const weight = site.input(3).shape;
    const given = isLast ? channelsLast(site, shape, weight) : convolved(site, shape, weight);
    return [{ dtype: site.input(7).dtype ?? dtype, shape: given }];
  },
  macs: (site, [output]) => convolutionMacs(site.input(3).shape, output?.shape ?? null),
});
