import { concatenated } from '../../dims';
import { op } from '../../op';

export default op({
  type: 'QLinearConcat',
  domain: 'com.microsoft',
  since: 1,
  says: 'Quantized tensors brought to one scale and put behind one another along an axis.',
  inputs: [3, Infinity],
  requires: ['axis'],
  infer(site) {
    const parts = site.node.inputs.flatMap((_, at) => (at > 1 && at % 3 === 2 ? [site.input(at)] : []));
    const shape = concatenated(
      parts.map((part) => part.shape),
      site.int('axis', 0),
    );
    return [{ dtype: site.input(1).dtype ?? parts[0]?.dtype ?? null, shape }];
  },
});
