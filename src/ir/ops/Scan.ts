import type { Dim } from '../../core/shape';
import { axisOf } from '../dims';
import { settled } from '../loops';
import { op, unknown, type Known, type Site } from '../op';

export default op({
  type: 'Scan',
  since: 8,
  says: 'A graph run on each slice of its inputs in turn, with states from one to the next.',
  inputs: [1, Infinity],
  outputs: [1, Infinity],
  requires: ['body', 'num_scan_inputs'],
  breaks: [9],
  infer(site) {
    // The first version had a batch in front, and an input of lengths before all others.
    const old = site.opset < 9;
    const inputs = site.node.inputs.slice(old ? 1 : 0).map((_, at) => site.input(at + (old ? 1 : 0)));
    const count = inputs.length - site.int('num_scan_inputs', 0);
    const [first, scanned] = [inputs.slice(0, count), inputs.slice(count)];
    const axes = site.ints(old ? '' : 'scan_input_axes');
    const batch = old ? [inputs[0]?.shape?.[0] ?? null] : [];
    const slices = scanned.map((input, at) => sliced(without(input, batch.length), axes?.[at] ?? 0));
    const [steps = null] = scanned.map(({ shape }, at) => {
      const axis = axisOf(axes?.[at] ?? 0, shape?.length ?? 0);
      return shape?.[axis + batch.length] ?? null;
    });
    const { states, outputs } = settled(
      first.map((state) => without(state, batch.length)),
      (carried) => site.body('body', [...carried, ...slices]),
    );
    const whole = [
      ...states.map(({ dtype, shape }): Known => ({ dtype, shape: shape && [...batch, ...shape] })),
      ...outputs.map((output, at) => stacked(site, output, at, steps, batch)),
    ];
    return site.node.outputs.map((_, at) => whole[at] ?? unknown);
  },
  // What runs inside is not known before it runs.
  macs: () => null,
});

function without({ dtype, shape }: Known, leading: number): Known {
  return { dtype, shape: shape && shape.slice(leading) };
}

function sliced({ dtype, shape }: Known, axis: number): Known {
  return { dtype, shape: shape && shape.toSpliced(axisOf(axis, shape.length), 1) };
}

function stacked(site: Site, { dtype, shape }: Known, at: number, steps: Dim, batch: Dim[]): Known {
  if (shape === null) return { dtype, shape };
  const axis = axisOf(site.ints('scan_output_axes')?.[at] ?? 0, shape.length + 1);
  return { dtype, shape: [...batch, ...shape.toSpliced(axis, 0, steps)] };
}
