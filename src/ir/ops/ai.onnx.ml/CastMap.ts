import { op } from '../../op';

export default op({
  type: 'CastMap',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'The values of a map as a row of numbers or strings.',
  inputs: [1, 1],
  infer(site) {
    const casts = { TO_FLOAT: 'float32', TO_STRING: 'string', TO_INT64: 'int64' } as const;
    const to = site.string('cast_to', 'TO_FLOAT');
    return [{ dtype: to in casts ? casts[to as keyof typeof casts] : null, shape: [1, null] }];
  },
});
