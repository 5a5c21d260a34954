import { op } from '../../op';

export default op({
  type: 'LinearRegressor',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'Weighted sums of each row.',
  inputs: [1, 1],
  infer(site) {
    const [rows = null] = site.input(0).shape ?? [];
    return [{ dtype: 'float32', shape: [rows, site.int('targets', 1)] }];
  },
});
