import { op } from '../../op';

export default op({
  type: 'DynamicQuantizeLSTM',
  domain: 'com.microsoft',
  since: 1,
  says: 'An LSTM whose weights are 8-bit numbers.',
  inputs: [12, 12],
  outputs: [0, 3],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const [steps = null, batch = null] = shape ?? [];
    const [directions = null, hidden = null] = site.input(2).shape ?? [];
    const last = { dtype, shape: [directions, batch, hidden] };
    return [{ dtype, shape: [steps, directions, batch, hidden] }, last, last];
  },
});
