import { axisOf } from '../dims';
import { op } from '../op';

export default op({
  type: 'Gather',
  since: 1,
  says: 'Entries picked by index along an axis: a table lookup, as in embeddings.',
  inputs: [2, 2],
  infer(site) {
    const { dtype, shape, elements } = site.input(0);
    const indices = site.input(1);
    if (shape === null || indices.shape === null) return [{ dtype, shape: null }];
    const axis = axisOf(site.int('axis', 0), shape.length);
    const picked =
      elements && axis === 0 && shape.length === 1
        ? indices.elements?.map((index) => (typeof index === 'number' ? (elements.at(index) ?? null) : null))
        : null;
    return [
      {
        dtype,
        shape: [...shape.slice(0, axis), ...indices.shape, ...shape.slice(axis + 1)],
        elements: picked ?? null,
      },
    ];
  },
});
