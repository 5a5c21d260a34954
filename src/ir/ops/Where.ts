import type { Dim } from '../../core/shape';
import { broadcast } from '../dims';
import { op, type Known } from '../op';

export default op({
  type: 'Where',
  since: 9,
  says: 'Elements of one tensor where a condition holds, of another elsewhere.',
  inputs: [3, 3],
  infer(site) {
    const [condition, a, b] = [site.input(0), site.input(1), site.input(2)];
    const shape = broadcast(condition.shape, broadcast(a.shape, b.shape));
    return [{ dtype: a.dtype ?? b.dtype, shape, elements: chosen(condition, a, b) }];
  },
});

function chosen(condition: Known, a: Known, b: Known): Dim[] | null {
  const lists = [condition.elements, a.elements, b.elements];
  const length = Math.max(...lists.map((list) => list?.length ?? 0));
  if (!lists.every((list) => list && (list.length === 1 || list.length === length))) return null;
  return Array.from({ length }, (_, at) => {
    const [holds = null, x = null, y = null] = lists.map((list) => list?.[list.length === 1 ? 0 : at]);
    if (typeof holds === 'number') return holds === 0 ? y : x;
    return x === y ? x : null;
  });
}
