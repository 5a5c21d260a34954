import type { Dtype } from '../../../core/dtype';
import { op, type Site } from '../../op';

export default op({
  type: 'LabelEncoder',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'Each element replaced by what a table says of it.',
  inputs: [1, 1],
  infer: (site) => [{ dtype: valuesOf(site), shape: site.input(0).shape }],
});

function valuesOf(site: Site): Dtype | null {
  const { attributes } = site.node;
  if (attributes.has('values_strings')) return 'string';
  if (attributes.has('values_int64s')) return 'int64';
  if (attributes.has('values_floats')) return 'float32';
  const { dtype } = site.input(0);
  if (!attributes.has('classes_strings')) return site.tensor('values_tensor')?.dtype ?? null;
  return dtype === null ? null : dtype === 'string' ? 'int64' : 'string';
}
