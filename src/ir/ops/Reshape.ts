import type { Dim } from '../../core/shape';
import { product } from '../dims';
import { op } from '../op';

export default op({
  type: 'Reshape',
  since: 1,
  says: 'The same elements under other dimensions; 0 keeps one, -1 takes what is left.',
  inputs: [1, 2],
  breaks: [5],
  infer(site) {
    const { dtype, shape, elements } = site.input(0);
    const target = site.ints('shape') ?? site.input(1).elements;
    if (!target) {
      const rank = site.input(1).shape?.[0];
      return [
        {
          dtype,
          shape: typeof rank === 'number' ? new Array<Dim>(rank).fill(null) : null,
          elements: elements ?? null,
        },
      ];
    }
    const keepsZero = site.int('allowzero', 0) === 1;
    const dims = target.map((dim, at): Dim => (dim === 0 && !keepsZero ? (shape?.[at] ?? null) : dim));
    const hole = dims.indexOf(-1);
    if (hole >= 0) dims[hole] = rest(shape, dims.toSpliced(hole, 1));
    return [{ dtype, shape: dims, elements: elements ?? null }];
  },
});

/** What -1 stands for: all elements over the other dimensions, a name where only that is left of them. */
function rest(shape: readonly Dim[] | null, others: readonly Dim[]): Dim {
  if (shape === null) return null;
  const left = [...shape];
  const right: Dim[] = [];
  for (const dim of others) {
    const same = left.indexOf(dim);
    if (same >= 0 && dim !== null) left.splice(same, 1);
    else right.push(dim);
  }
  const [above, below] = [product(left), product(right)];
  if (below === 1) return above;
  return typeof above === 'number' && typeof below === 'number' && below > 0 ? above / below : null;
}
