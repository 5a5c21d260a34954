import { knownOf } from '../../known';
import { op, unknown } from '../../op';

export default op({
  type: 'DictVectorizer',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'The values of a map as a row, each key at its place.',
  inputs: [1, 1],
  infer(site) {
    const { type } = site.input(0);
    const value = type?.kind === 'map' ? knownOf(type.value) : unknown;
    const words =
      site.node.attributes.get('string_vocabulary') ?? site.node.attributes.get('int64_vocabulary');
    const length = words?.kind === 'strings' || words?.kind === 'ints' ? words.value.length : null;
    return [{ dtype: value.dtype, shape: [1, length] }];
  },
});
