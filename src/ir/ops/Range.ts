import { numbersOf } from '../families';
import { op } from '../op';

export default op({
  type: 'Range',
  since: 11,
  says: 'Numbers from a start to a limit in steps.',
  inputs: [3, 3],
  infer(site) {
    const [start, limit, step] = [0, 1, 2].map((at) => numbersOf(site.input(at).elements)?.[0]);
    const { dtype } = site.input(0);
    if (start === undefined || limit === undefined || !step) return [{ dtype, shape: [null] }];
    const count = Math.max(0, Math.ceil((limit - start) / step));
    const elements = count <= 64 ? Array.from({ length: count }, (_, at) => start + at * step) : null;
    return [{ dtype, shape: [count], elements }];
  },
});
