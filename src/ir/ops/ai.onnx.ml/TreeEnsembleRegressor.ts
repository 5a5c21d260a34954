import { op } from '../../op';

export default op({
  type: 'TreeEnsembleRegressor',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'Numbers for each row by the sums of decision trees.',
  inputs: [1, 1],
  infer(site) {
    const [rows = null] = site.input(0).shape ?? [];
    return [{ dtype: 'float32', shape: [rows, site.int('n_targets', 1)] }];
  },
});
