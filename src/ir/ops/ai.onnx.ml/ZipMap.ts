import { container } from '../../known';
import type { Type } from '../../model';
import { op } from '../../op';

export default op({
  type: 'ZipMap',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'The scores of each row as a map from class to score.',
  inputs: [1, 1],
  infer(site) {
    const key = site.node.attributes.has('classlabels_strings') ? 'string' : 'int64';
    const score: Type = { kind: 'tensor', dtype: 'float32', shape: [] };
    return [container({ kind: 'sequence', of: { kind: 'map', key, value: score } })];
  },
});
