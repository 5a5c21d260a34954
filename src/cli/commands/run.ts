import { basename } from 'node:path';
import { formatCount, formatMs } from '../../core/format';
import { toNumbers } from '../../core/numbers';
import { AppError } from '../../core/problem';
import { elementCount, formatShape } from '../../core/shape';
import type { PlainTensor } from '../../core/tensor';
import { readNpy, readNpz, writeNpz } from '../../formats/npy';
import type { Model } from '../../ir/model';
import { exposeValues } from '../../passes/expose';
import { oneFile } from '../arguments';
import { openFile, openModel, saveFile, terminalJob } from '../files';
import { indent, json, print, table } from '../print';
import { openSession } from '../session';
import type { Command } from '../command';

/** `run MODEL.onnx --inputs in.npz`: runs a model once. */
export const run: Command = {
  name: 'run',
  takes: 'MODEL.onnx --inputs IN.npz',
  says: 'Runs a model once; a free batch takes as many samples as the inputs have.',
  flags: [
    {
      name: 'inputs',
      value: 'IN.npz',
      says: 'arrays named as the inputs are; .npy for a single one',
      required: true,
    },
    { name: 'output', short: 'o', value: 'OUT.npz', says: 'where the outputs go' },
    { name: 'watch', value: 'NAME', says: 'also gives a value inside the graph', repeats: true },
    json,
  ],
  async run(args) {
    const { model } = await openModel(oneFile(args), terminalJob());
    const feeds = await readFeeds(args.value('inputs'), model);
    const session = await openSession(exposeValues(model, args.values('watch')));
    const { outputs, ms } = await session.run(feeds);
    if (args.has('output'))
      await saveFile(args.value('output'), await writeNpz(new Map(Object.entries(outputs))));
    const facts = Object.entries(outputs).map(([name, tensor]) => ({ name, ...statistics(tensor) }));
    print(args, { outputs: facts, ms }, () =>
      [
        `${model.file}  ${formatMs(ms)}`,
        indent(
          table([
            ['output', 'type', 'shape', 'min', 'max', 'mean'],
            ...facts.map(({ name, ...fact }) => [
              ...[name, fact.dtype, formatShape(fact.shape)],
              ...[fact.min, fact.max, fact.mean].map((value) => (value === null ? '' : value.toPrecision(5))),
              oddities(fact),
            ]),
          ]),
        ),
      ].join('\n'),
    );
  },
};

async function readFeeds(path: string, model: Model): Promise<Record<string, PlainTensor>> {
  const file = await openFile(path);
  const arrays = path.endsWith('.npy')
    ? new Map([['', await readNpy(file, basename(path))]])
    : await readNpz(file, basename(path));
  const constants = new Set(model.graph.initializers.map(({ name }) => name));
  const inputs = model.graph.inputs.filter(({ name }) => !constants.has(name));
  const [only] = arrays.values();
  const feeds: Record<string, PlainTensor> = {};
  for (const { name, type } of inputs) {
    const array = arrays.get(name) ?? (inputs.length === 1 && arrays.size === 1 ? only : undefined);
    if (array === undefined) {
      throw new AppError('run_input_missing', {
        file: basename(path),
        input: name,
        arrays: [...arrays.keys()],
      });
    }
    feeds[name] = type?.kind === 'tensor' && type.dtype === 'float32' ? asFloat32(array) : array;
  }
  return feeds;
}

/** NumPy makes float64 where nobody asks; models nearly never take it. */
function asFloat32(tensor: PlainTensor): PlainTensor {
  if (!(tensor.data instanceof Float64Array)) return tensor;
  return { dtype: 'float32', dims: tensor.dims, data: Float32Array.from(tensor.data) };
}

/** What an output holds: the range and the mean of its finite numbers, and how many are something else. */
function statistics({ dtype, dims, data }: PlainTensor) {
  const count = elementCount(dims);
  const numbers = (Array.isArray(data) ? null : toNumbers(dtype, data, count)) ?? [];
  let [min, max, sum, nans, infinities] = [Infinity, -Infinity, 0, 0, 0];
  for (let at = 0; at < numbers.length; at++) {
    const value = numbers[at] as number;
    if (Number.isNaN(value)) nans += 1;
    else if (!Number.isFinite(value)) infinities += 1;
    else {
      if (value < min) min = value;
      if (value > max) max = value;
      sum += value;
    }
  }
  const finite = numbers.length - nans - infinities;
  const range = finite > 0 ? { min, max, mean: sum / finite } : { min: null, max: null, mean: null };
  return { dtype, shape: dims, ...range, count, nans, infinities };
}

/** What of an output is no finite number. */
function oddities({ count, nans, infinities }: ReturnType<typeof statistics>): string {
  const said = Object.entries({ 'not a number': nans, infinite: infinities });
  return said
    .flatMap(([what, some]) => (some > 0 ? [`${what}: ${formatCount(some)} of ${formatCount(count)}`] : []))
    .join(', ');
}
