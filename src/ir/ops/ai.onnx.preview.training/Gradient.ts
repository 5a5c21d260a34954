import { shapeOf } from '../../known';
import { op } from '../../op';

export default op({
  type: 'Gradient',
  domain: 'ai.onnx.preview.training',
  since: 1,
  says: 'How a value changes with others, by going back through the nodes between them.',
  inputs: [1, Infinity],
  outputs: [1, Infinity],
  requires: ['xs', 'y'],
  infer(site) {
    const names = site.node.attributes.get('xs');
    if (names?.kind !== 'strings') return [];
    return names.value.map((name) =>
      shapeOf(site.input(site.node.inputs.indexOf(new TextDecoder().decode(name)))),
    );
  },
});
