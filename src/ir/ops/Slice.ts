import type { Dim } from '../../core/shape';
import { axisOf, mapDim } from '../dims';
import { numbersOf } from '../families';
import { toInputs } from '../moves';
import { op } from '../op';

export default op({
  type: 'Slice',
  since: 1,
  says: 'A part of a tensor: from a start to an end along axes, in steps.',
  inputs: [1, 5],
  breaks: [10],
  moves: { 10: toInputs({ starts: [1, 'int64'], ends: [2, 'int64'], axes: [3, 'int64'] }) },
  infer(site) {
    const { dtype, shape, elements } = site.input(0);
    const given = (name: string, input: number) => site.ints(name) ?? numbersOf(site.input(input).elements);
    const starts = given('starts', 1);
    const ends = given('ends', 2);
    if (shape === null) return [{ dtype, shape }];
    const axes = given('axes', 3) ?? shape.map((_, at) => at).slice(0, starts?.length ?? shape.length);
    const steps = given('steps', 4);
    const unclear = starts === null || ends === null || (site.has(3) && given('axes', 3) === null);
    const dims: Dim[] = unclear ? shape.map(() => null) : [...shape];
    if (unclear) return [{ dtype, shape: dims }];
    let part = elements ?? null;
    for (const [at, axis] of axes.entries()) {
      const along = axisOf(axis, shape.length);
      const [start, end, step] = [starts[at] ?? 0, ends[at] ?? 0, steps?.[at] ?? 1];
      const whole = start === 0 && end > 2 ** 31 - 2 && step === 1;
      if (!whole) dims[along] = mapDim(shape[along], (size) => sliceLength(size, start, end, step));
      part = part && shape.length === 1 ? stepped(part, start, end, step) : null;
    }
    return [{ dtype, shape: dims, elements: part }];
  },
});

function stepped(values: readonly Dim[], start: number, end: number, step: number): Dim[] {
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? values.length : values.length - 1;
  const first = Math.min(Math.max(start < 0 ? start + values.length : start, Math.max(low, 0)), high);
  return Array.from(
    { length: sliceLength(values.length, start, end, step) },
    (_, at) => values[first + at * step] ?? null,
  );
}

function sliceLength(size: number, start: number, end: number, step: number): number {
  const clamp = (at: number, low: number, high: number) =>
    Math.min(Math.max(at < 0 ? at + size : at, low), high);
  if (step > 0) return Math.max(0, Math.ceil((clamp(end, 0, size) - clamp(start, 0, size)) / step));
  return Math.max(0, Math.ceil((clamp(end, -1, size - 1) - clamp(start, 0, size - 1)) / step));
}
