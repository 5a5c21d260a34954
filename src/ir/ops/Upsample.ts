import { mapDim } from '../dims';
import { numbersOf } from '../families';
import { withAttributes } from '../moves';
import { op } from '../op';

export default op({
  type: 'Upsample',
  since: 1,
  says: 'An image made larger; Resize took its place.',
  inputs: [1, 2],
  breaks: [9, 10],
  moves: {
    9: (node, tools) => {
      const scales = node.attributes.get('scales');
      if (scales?.kind !== 'floats') return 'its scales cannot be read';
      const name = tools.constant(node, 'scales', 'float32', scales.value, [scales.value.length]);
      return { ...withAttributes(node, {}, ['scales']), inputs: [node.inputs[0] ?? '', name] };
    },
    10: (node) => ({ ...node, op: 'Resize' }),
  },
  infer(site) {
    const { dtype, shape } = site.input(0);
    const scales = site.numbers('scales') ?? numbersOf(site.input(1).elements);
    const grown = shape?.map((dim, at) => {
      const scale = scales?.[at] ?? NaN;
      return scale === 1 ? dim : mapDim(dim, (size) => Math.floor(Math.fround(size * scale)));
    });
    return [{ dtype, shape: grown ?? null }];
  },
});
