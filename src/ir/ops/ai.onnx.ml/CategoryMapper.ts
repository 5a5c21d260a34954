import { op } from '../../op';

export default op({
  type: 'CategoryMapper',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'Strings as numbers, or numbers as strings, by a list of pairs.',
  inputs: [1, 1],
  infer(site) {
    const { dtype, shape } = site.input(0);
    return [{ dtype: dtype === null ? null : dtype === 'string' ? 'int64' : 'string', shape }];
  },
});
