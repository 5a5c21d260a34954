import { op } from '../../op';

export default op({
  type: 'SVMRegressor',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'A number for each row by its likeness to support vectors.',
  inputs: [1, 1],
  infer(site) {
    const [rows = null] = site.input(0).shape ?? [];
    return [{ dtype: 'float32', shape: [rows, 1] }];
  },
});
