import { op } from '../../op';

export default op({
  type: 'QLinearGlobalAveragePool',
  domain: 'com.microsoft',
  since: 1,
  says: 'The mean of each channel of quantized numbers.',
  inputs: [5, 5],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const channel = site.int('channels_last', 0) === 1 ? (shape?.length ?? 0) - 1 : 1;
    return [{ dtype, shape: shape && shape.map((dim, at) => (at === 0 || at === channel ? dim : 1)) }];
  },
});
