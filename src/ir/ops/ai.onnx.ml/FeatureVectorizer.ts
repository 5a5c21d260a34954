import { sum } from '../../dims';
import { op } from '../../op';

export default op({
  type: 'FeatureVectorizer',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'Columns of several tensors put side by side.',
  inputs: [1, Infinity],
  infer(site) {
    const sizes = site.ints('inputdimensions');
    const [rows = null] = site.input(0).shape ?? [];
    return [{ dtype: 'float32', shape: [rows, sizes && sum(sizes)] }];
  },
});
