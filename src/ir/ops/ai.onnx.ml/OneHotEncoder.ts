import { op } from '../../op';

export default op({
  type: 'OneHotEncoder',
  domain: 'ai.onnx.ml',
  since: 1,
  says: 'Categories to vectors with one element switched on.',
  inputs: [1, 1],
  infer(site) {
    const { shape } = site.input(0);
    const words = site.node.attributes.get('cats_strings') ?? site.node.attributes.get('cats_int64s');
    const count = words?.kind === 'strings' || words?.kind === 'ints' ? words.value.length : null;
    return [{ dtype: 'float32', shape: shape && [...shape, count] }];
  },
});
