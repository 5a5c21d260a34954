import { mapDim } from '../dims';
import { op } from '../op';

export default op({
  type: 'Crop',
  since: 1,
  says: 'Edges of an image cut off; an experiment that was given up.',
  breaks: [10],
  inputs: [1, 1],
  infer(site) {
    const { dtype, shape } = site.input(0);
    const [left = 0, top = 0, right = 0, bottom = 0] = site.ints('border') ?? [];
    const asked = site.ints('scale');
    const cut = [asked ? 0 : top + bottom, asked ? 0 : left + right];
    return [
      {
        dtype,
        shape:
          shape &&
          shape.map((dim, at) =>
            at < 2 ? dim : (asked?.[at - 2] ?? mapDim(dim, (size) => size - (cut[at - 2] ?? 0))),
          ),
      },
    ];
  },
});
