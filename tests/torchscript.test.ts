import { openAsBlob, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Conversion } from '../src/convert';
import { toNumbers } from '../src/core/numbers';
import { elementCount, formatShape } from '../src/core/shape';
import type { PlainTensor } from '../src/core/tensor';
import { readNpz } from '../src/formats/npy';
import { encodeOnnx } from '../src/formats/onnx';
import { convertCheckpoint, convertFile, fixture, openCheckpoint } from './convert';
import { oracle } from './oracle';

const folder = fixture('archives');
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.pt') ? [file.slice(0, -3)] : []));

/** What is accepted beyond the float32 of sums in another order. */
const tolerances: Readonly<Record<string, number>> = {
  // torch rounds inputs and states of recurrent layers to 8 bits before each product; the model does not.
  quantized_dynamically: 2e-2,
  quantized_dynamically_traced: 2e-2,
};

/** Arguments and results of one recorded call, in their order. */
interface Call {
  inputs: PlainTensor[];
  outputs: PlainTensor[];
}

async function callsOf(name: string): Promise<Call[]> {
  const arrays = await readNpz(await openAsBlob(join(folder, `${name}.npz`)), name);
  const calls: Call[] = [];
  for (const [label, array] of arrays) {
    const [at = '', side = ''] = label.split('.');
    const call = (calls[Number(at)] ??= { inputs: [], outputs: [] });
    (side === 'in' ? call.inputs : call.outputs).push(array);
  }
  return calls;
}

async function converted(name: string, { inputs }: Call): Promise<Conversion> {
  const examples = inputs.map(({ dtype, dims }, at) => ({ name: `${at}`, dtype, dims }));
  return convertFile(join(folder, `${name}.pt`), { examples });
}

describe('TorchScript archives', () => {
  it.each(names)('%s gives what PyTorch gave, for inputs of other sizes too', async (name) => {
    const calls = await callsOf(name);
    const { report, model } = await converted(name, calls[0]!);
    expect(report.gaps).toEqual([]);
    if (!model) throw new Error(JSON.stringify(report.problem));
    // Optimized, products of 8-bit numbers overflow on processors without VNNI.
    const run = await oracle(await encodeOnnx(model), { graphOptimizationLevel: 'disabled' });
    for (const { inputs, outputs } of calls) {
      const feeds = model.graph.inputs.map((input, at): [string, PlainTensor] => [input.name, inputs[at]!]);
      const found = await run(Object.fromEntries(feeds));
      const given = model.graph.outputs.map((output) => found[output.name]!);
      expect(given.map(({ dtype, dims }) => `${dtype} ${formatShape(dims)}`)).toEqual(
        outputs.map(({ dtype, dims }) => `${dtype} ${formatShape(dims)}`),
      );
      for (const [at, output] of outputs.entries())
        expect(largestDifference(given[at]!, output)).toBeLessThan(tolerances[name] ?? 1e-5);
    }
  });
});

it('a gap says its line and module, and what the program may come to follows', async () => {
  const examples = [{ name: 'x', dtype: 'float32', dims: [2, 4] } as const];
  const { report } = await convertFile(fixture('gaps_scripted.pt'), { examples });
  expect(report.gaps).toMatchObject([
    { operator: 'aten::fft_rfft', reason: 'no such operator is known here', module: 'blocks.1' },
    {
      operator: 'aten::cholesky_inverse',
      reason: 'the program may come to it; no such operator is known here',
    },
  ]);
  expect(report.gaps.map(({ file, line }) => [file.endsWith('.py'), line !== null])).toEqual([
    [true, true],
    [true, true],
  ]);
});

it.each([
  ['trained_scripted', true],
  ['trained_traced', true],
  ['quantized_scripted', false],
  ['results', false],
])('whether %s was saved in training mode is said: %s', async (name, isSaid) => {
  const [call] = await callsOf(name);
  const { report } = await converted(name, call!);
  expect(report.notes.filter((note) => note.includes('training mode'))).toHaveLength(isSaid ? 1 : 0);
});

it('tensors in dicts and named tuples keep their names, nodes the path of their module', async () => {
  const [call] = await callsOf('results');
  const { report, model } = await converted('results', call!);
  expect(report.outputs.map(({ name }) => name)).toEqual([
    ...['logits', 'mean', 'scores', 'boxes.0', 'boxes.1'],
  ]);
  expect(model?.graph.nodes[0]?.name).toMatch(/^dense\//);
});

it('a program that gives no tensor says so', async () => {
  const checkpoint = await openCheckpoint(await openAsBlob(fixture('scripted.pt')), 'scripted.pt');
  const sources = checkpoint.sources.map(({ name, text }) => ({
    name,
    text: name === '__torch__.py' ? text.replace(/^ {4}return .*$/gm, '    return "nothing"') : text,
  }));
  const examples = [{ name: 'x', dtype: 'float32', dims: [2, 5, 3] } as const];
  const { report } = await convertCheckpoint({ ...checkpoint, sources }, { examples });
  expect(report.gaps).toMatchObject([{ operator: '', reason: 'it gives no tensor' }]);
});

function largestDifference(a: PlainTensor, b: PlainTensor): number {
  const count = elementCount(b.dims);
  const [x, y] = [a, b].map((one) => toNumbers(one.dtype, one.data as never, count)!);
  return Math.max(0, ...Array.from({ length: count }, (_, at) => Math.abs(x![at]! - y![at]!)));
}
