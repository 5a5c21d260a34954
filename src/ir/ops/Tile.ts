import { mapDim, ofRank } from '../dims';
import { numbersOf } from '../families';
import { op } from '../op';

export default op({
  type: 'Tile',
  since: 1,
  says: 'A tensor repeated a number of times along each axis.',
  inputs: [2, 3],
  breaks: [6],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const repeats = numbersOf(site.input(1).elements);
    if (shape === null) {
      const [rank] = site.input(1).shape ?? [];
      return [{ dtype, shape: typeof rank === 'number' && site.opset >= 6 ? ofRank(rank) : null }];
    }
    return [
      {
        dtype,
        shape: shape.map((dim, at) =>
          repeats?.[at] === 1 ? dim : mapDim(dim, (size) => size * (repeats?.[at] ?? NaN)),
        ),
      },
    ];
  },
});
