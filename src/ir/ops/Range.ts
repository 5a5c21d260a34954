import { elementOf } from '../element';
import { numbersOf } from '../families';
import { op } from '../op';

export default op({
  type: 'Range',
  since: 11,
  says: 'Numbers from a start to a limit in steps.',
  inputs: [3, 3],
  infer(site) {
    const { dtype } = site.input(0);
    const [start = null, limit = null, step = null] = [0, 1, 2].map((at) => {
      const [number] = numbersOf(site.input(at).elements) ?? [];
      return number === undefined ? null : elementOf(number, dtype);
    });
    if (start === null || limit === null || !step) return [{ dtype, shape: [null] }];
    const count = Math.max(0, Math.ceil((limit - start) / step));
    const elements =
      count <= 64 ? Array.from({ length: count }, (_, at) => elementOf(start + at * step, dtype)) : null;
    return [{ dtype, shape: [count], elements }];
  },
});
