import { axisOf, mapDim, ofRank } from '../dims';
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
    const pads = site.ints('pads') ?? site.ints('paddings') ?? site.input(1).elements ?? null;
    if (shape === null) {
      const [twice] = site.input(1).shape ?? [];
      return [{ dtype, shape: typeof twice === 'number' && !site.has(3) ? ofRank(twice / 2) : null }];
    }
    const given = site.has(3) ? numbersOf(site.input(3).elements) : shape.map((_, at) => at);
    const axes = given?.map((axis) => axisOf(axis, shape.length));
    if (!axes || pads?.length !== axes.length * 2) return [{ dtype, shape: ofRank(shape.length) }];
    const padded = shape.map((dim, axis) => {
      const at = axes.indexOf(axis);
      if (at < 0) return dim;
      const [before, behind] = [pads[at], pads[at + axes.length]];
      if (typeof before !== 'number' || typeof behind !== 'number') return null;
      const more = before + behind;
      return more === 0 ? dim : mapDim(dim, (size) => size + more);
    });
    return [{ dtype, shape: padded }];
  },
});
