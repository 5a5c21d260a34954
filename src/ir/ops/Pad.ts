import { mapDim } from '../dims';
import { numbersOf } from '../families';
import { toInputs } from '../moves';
import { op } from '../op';

export default op({
  type: 'Pad',
  since: 1,
  says: 'Elements added around the edges.',
  inputs: [1, 4],
  breaks: [11],
  moves: { 11: toInputs({ pads: [1, 'int64'], value: [2, 'same'] }) },
  infer(site) {
    const { dtype, shape } = site.input(0);
    const pads = site.ints('pads') ?? site.ints('paddings') ?? numbersOf(site.input(1).elements);
    if (shape === null) return [{ dtype, shape }];
    if (pads?.length !== shape.length * 2) return [{ dtype, shape: shape.map(() => null) }];
    const padded = shape.map((dim, at) => {
      const more = (pads[at] ?? 0) + (pads[at + shape.length] ?? 0);
      return more === 0 ? dim : mapDim(dim, (size) => size + more);
    });
    return [{ dtype, shape: padded }];
  },
});
