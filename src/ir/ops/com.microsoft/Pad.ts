import { ofRank } from '../../dims';
import { op } from '../../op';

export default op({
  type: 'Pad',
  domain: 'com.microsoft',
  since: 1,
  says: 'Elements added around the edges; older than the ONNX operator that takes pads as an input.',
  inputs: [2, 3],
  infer: (site) => {
    const { dtype, shape } = site.input(0);
    return [{ dtype, shape: shape && ofRank(shape.length) }];
  },
});
