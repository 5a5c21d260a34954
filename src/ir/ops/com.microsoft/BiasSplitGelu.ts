import { mapDim } from '../../dims';
import { op } from '../../op';

export default op({
  type: 'BiasSplitGelu',
  domain: 'com.microsoft',
  since: 1,
  says: 'x plus a bias, one half times the Gelu of the other.',
  inputs: [2, 2],
  infer(site) {
    const { dtype, shape } = site.input(0);
    return [
      {
        dtype,
        shape:
          shape &&
          shape.with(
            -1,
            mapDim(shape.at(-1), (size) => size / 2),
          ),
      },
    ];
  },
});
