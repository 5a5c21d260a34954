import { op } from '../../op';

export default op({
  type: 'TreeEnsemble',
  domain: 'ai.onnx.ml',
  since: 5,
  says: 'Numbers for each row by the sums of decision trees.',
  inputs: [1, 1],
  requires: [
    'leaf_targetids',
    'leaf_weights',
    'nodes_falseleafs',
    'nodes_falsenodeids',
    'nodes_featureids',
    'nodes_modes',
    'nodes_splits',
    'nodes_trueleafs',
    'nodes_truenodeids',
    'tree_roots',
  ],
  infer(site) {
    const [{ dtype, shape }] = [site.input(0)];
    return [{ dtype, shape: [shape?.[0] ?? null, site.int('n_targets', 1)] }];
  },
});
