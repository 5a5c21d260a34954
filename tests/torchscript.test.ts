import { openAsBlob, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callsOf, expectCalls } from './calls';
import { convertCheckpoint, convertFile, fixture, openCheckpoint } from './convert';

const folder = fixture('archives');
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.pt') ? [file.slice(0, -3)] : []));

/** What is accepted beyond the float32 of sums in another order. */
const tolerances: Readonly<Record<string, number>> = {
  // torch rounds inputs and states of recurrent layers to 8 bits before each product; the model does not.
  quantized_dynamically: 2e-2,
  quantized_dynamically_traced: 2e-2,
};

const archive = (name: string) => join(folder, `${name}.pt`);
const recordOf = (name: string) => callsOf(join(folder, `${name}.npz`));

describe('TorchScript archives', () => {
  it.each(names)('%s gives what PyTorch gave, for inputs of other sizes too', async (name) => {
    await expectCalls(archive(name), await recordOf(name), tolerances[name]);
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
  const { report } = await expectCalls(archive(name), await recordOf(name), tolerances[name]);
  expect(report.notes.filter((note) => note.includes('training mode'))).toHaveLength(isSaid ? 1 : 0);
});

it('tensors in dicts and named tuples keep their names, nodes the path of their module', async () => {
  const { report, model } = await expectCalls(archive('results'), await recordOf('results'));
  expect(report.outputs.map(({ name }) => name)).toEqual([
    ...['logits', 'mean', 'scores', 'boxes.0', 'boxes.1'],
  ]);
  expect(model?.graph.nodes[0]?.name).toMatch(/^dense\//);
});

it.each([
  ['branching', ['If']],
  ['counted', ['If']],
  ['looping', ['Loop']],
])('what only the data of %s decide is decided when the model runs', async (name, operators) => {
  const { model } = await expectCalls(archive(name), await recordOf(name));
  const used = new Set(model?.graph.nodes.map(({ op }) => op));
  expect(operators.filter((op) => !used.has(op))).toEqual([]);
});

it('a side that only raises an exception is left out, with a note', async () => {
  const { report } = await expectCalls(archive('branching'), await recordOf('branching'));
  expect(report.notes).toHaveLength(1);
  expect(report.notes[0]).toMatch(
    /line \d+: .* is taken not to hold: else the program raises an exception\.$/,
  );
});

it('sizes that the data count are free in the outputs', async () => {
  const { report } = await expectCalls(archive('counted'), await recordOf('counted'));
  expect(report.inputs.map(({ shape }) => shape)).toEqual([['batch', 3], ['batch']]);
  expect(report.outputs.map(({ shape }) => shape)).toEqual([[expect.any(String), 4], ['count_1 + 1'], [2]]);
});

it('arguments that are no tensors are asked for, tensors in lists and tuples are inputs', async () => {
  const asked = await convertFile(fixture('asking.pt'));
  expect(asked.report.questions).toMatchObject([
    ...['input.parts.0', 'input.pair.0', 'input.pair.1'].map((id) => ({ id, kind: 'shape' })),
    { id: 'argument.rounds', kind: 'number', usual: null },
  ]);
  const calls = await callsOf(fixture('asking.npz'));
  const names = ['parts.0', 'parts.1', 'pair.0', 'pair.1'];
  const examples = names.map((name, at) => {
    const { dtype, dims } = calls[0]!.inputs[at]!;
    return { name, dtype, dims: dims.length > 1 ? ['batch', ...dims.slice(1)] : dims };
  });
  const answers = { 'argument.rounds': '3' };
  const { report } = await expectCalls(fixture('asking.pt'), calls, 1e-5, { examples, answers });
  expect(report.inputs.map(({ name }) => name)).toEqual(names);
  expect(report.notes).toEqual(['The program changes seen as it runs; a model does not keep that.']);
});

it('an answer that is no number is asked for again', async () => {
  const answers = {
    ...{ 'input.parts.0': '[batch,4]', 'input.pair.0': '[batch,4]', 'input.pair.1': '[4]' },
    'argument.rounds': 'many',
  };
  const { report } = await convertFile(fixture('asking.pt'), { answers });
  expect(report.questions.map(({ id }) => id)).toEqual(['argument.rounds']);
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
