import { openAsBlob } from 'node:fs';
import { expect, test } from 'vitest';
import type { PlainTensor } from '../src/core/tensor';
import { convertCheckpoint, convertFile, fixture, openCheckpoint, recorded, runNative } from './convert';

/** A network of VerifiedNN with two inputs, two neurons between, two outputs. */
const network = `import VerifiedNN.Core.DataTypes

namespace VerifiedNN.SavedModels

def layer1Weights : Matrix 2 2 :=
  ⊞ (i : Idx 2, j : Idx 2) =>
    match i.1.toNat, j.1.toNat with
    | 0, 0 => 1.000000
    | 0, 1 => -2.000000
    | 1, 0 => 0.500000
    | 1, 1 => 1.500000
    | _, _ => 0.0

def layer1Bias : Vector 2 :=
  ⊞ (i : Idx 2) =>
    match i.1.toNat with
    | 0 => 0.250000
    | 1 => -0.250000
    | _ => 0.0

def layer2Weights : Matrix 2 2 :=
  ⊞ (i : Idx 2, j : Idx 2) =>
    match i.1.toNat, j.1.toNat with
    | 0, 0 => 1.000000
    | 0, 1 => 0.000000
    | 1, 0 => 0.000000
    | 1, 1 => 1.000000
    | _, _ => 0.0

def layer2Bias : Vector 2 :=
  ⊞ (i : Idx 2) =>
    match i.1.toNat with
    | 0 => 0.000000
    | 1 => 0.000000
    | _ => 0.0

def trainedModel : MLPArchitecture :=
  { layer1 := { weights := layer1Weights, bias := layer1Bias }
    layer2 := { weights := layer2Weights, bias := layer2Bias } }

end VerifiedNN.SavedModels
`;

const x: PlainTensor = { dtype: 'float32', dims: [1, 2], data: new Float32Array([1, -1]) };

/** relu(1 + 2 + 0.25) and relu(0.5 - 1.5 - 0.25), then softmax. */
const probs: PlainTensor = {
  dtype: 'float32',
  dims: [1, 2],
  data: new Float32Array([Math.exp(3.25) / (Math.exp(3.25) + 1), 1 / (Math.exp(3.25) + 1)]),
};

test('a network of VerifiedNN becomes a model, proven by recorded outputs', async () => {
  const checkpoint = await openCheckpoint(new Blob([network]), 'tiny.lean');
  const proof = {
    inputs: new Map([['x', x]]),
    outputs: new Map([['probs', probs]]),
    tolerance: 1e-6,
    run: runNative,
  };
  const { report, model } = await convertCheckpoint(checkpoint, { proof, sha256: 'abc' });
  expect(report).toMatchObject({
    frontend: { id: 'lean' },
    inputs: [{ name: 'x', dtype: 'float32', shape: ['batch', 2] }],
    outputs: [{ name: 'probs', dtype: 'float32', shape: ['batch', 2] }],
    problem: null,
  });
  expect(report.stages.map(({ id, state }) => `${id} ${state}`)).toEqual([
    ...['read done', 'translate done', 'simplify done', 'check done', 'prove done'],
  ]);
  expect(report.maxAbsError).toBeLessThan(1e-6);
  expect(model?.graph.values.map(({ name }) => name)).toContain('logits');
  expect(model?.metadata.get('source_sha256')).toBe('abc');
  expect(structuredClone(report)).toEqual(report);
});

test('recorded outputs that differ are said, and the model is kept', async () => {
  const checkpoint = await openCheckpoint(new Blob([network]), 'tiny.lean');
  const other = { ...probs, data: new Float32Array([0.5, 0.5]) };
  const proof = {
    inputs: new Map([['x', x]]),
    outputs: new Map([['probs', other]]),
    tolerance: 1e-6,
    run: runNative,
  };
  const { report, model } = await convertCheckpoint(checkpoint, { proof });
  expect(model).not.toBeNull();
  expect(report.stages.at(-1)).toMatchObject({ id: 'prove', state: 'failed' });
  expect(report.notes.at(-1)).toContain('differs from the recorded outputs by up to 4.');
});

test.each([
  ['older.pt2', 17],
  ['newer.pt2', 17],
  ['newer.pt2', 21],
])('%s becomes a model of operator set %d with a free batch', async (name, opset) => {
  const { proof } = await recorded('net.npz');
  const { report, model } = await convertFile(fixture(name), { proof, opset });
  expect(model?.opsets.get('')).toBe(opset);
  expect(report).toMatchObject({
    frontend: { id: 'pt2' },
    inputs: [{ name: 'x', shape: ['batch', 1, 4, 4] }],
    outputs: [{ name: 'output', shape: ['batch', 2] }],
    problem: null,
    notes: ['The program changes steps as it runs; a model does not keep that.'],
  });
  expect(report.maxAbsError).toBeLessThan(1e-5);
  expect(model?.graph.nodes.map((node) => node.name)).toContain('conv/Conv');
});

test('all gaps of a program are listed, each with its line and module', async () => {
  const { report, model } = await convertFile(fixture('gaps.pt2'));
  expect(model).toBeNull();
  expect(report.stages.map(({ state }) => state)).toEqual([
    ...['done', 'failed', 'not reached', 'not reached', 'not reached'],
  ]);
  expect(report.gaps).toEqual([
    {
      operator: 'aten::fft_fft',
      reason: 'no such operator is known here',
      file: 'net.py',
      line: 12,
      module: '',
    },
    {
      operator: 'custom::pool',
      reason: 'no such operator is known here',
      file: 'net.py',
      line: 13,
      module: '',
    },
  ]);
  expect(report.problem).toMatchObject({ code: 'convert_gaps', detail: { gaps: report.gaps } });
});

test('a chain of layers is put together again, and says what it assumes', async () => {
  const { proof } = await recorded('sequential.npz');
  const examples = [{ name: 'x', dtype: 'float32', dims: [2, 1, 8, 8] } as const];
  const { report, model } = await convertFile(fixture('sequential.pt'), { proof, examples });
  expect(report).toMatchObject({
    frontend: { id: 'plain' },
    inputs: [{ name: 'x', shape: ['batch', 1, 8, 8] }],
    outputs: [{ name: 'output', shape: ['batch', 3] }],
    problem: null,
  });
  expect(report.maxAbsError).toBeLessThan(1e-5);
  const arrangement = 'padding that keeps sizes; a pool of 2 after 0, 4';
  expect(report.questions.find(({ id }) => id === 'arrangement')?.usual).toBe(arrangement);
  expect(report.notes).toContain(`Assumed: padding and pools ${arrangement}.`);
  expect(JSON.parse(model?.metadata.get('checkpoint') ?? '')).toEqual({ epoch: 7, accuracy: 0.5 });
});

test('a chain of layers whose images are of unknown size asks for it, and nothing else', async () => {
  const { report, model } = await convertFile(fixture('sequential.pt'));
  expect(model).toBeNull();
  expect(report.problem).toMatchObject({
    code: 'convert_unanswered',
    detail: { needed: [{ id: 'input.x', kind: 'shape' }] },
  });
  const answers = { 'input.x': '[batch,1,8,8]', activation: 'Tanh', final: 'softmax' };
  const answered = await convertFile(fixture('sequential.pt'), { answers });
  const operators = answered.model?.graph.nodes.map(({ op }) => op);
  expect(operators).toContain('Tanh');
  expect(operators?.at(-1)).toBe('Softmax');
});

test('a file that no way applies to says why each does not', async () => {
  const { report, model } = await convertFile(fixture('../checkpoints/module.pt'));
  expect(model).toBeNull();
  expect(report.frontend).toBeNull();
  expect(report.tried.map(({ id }) => id)).toEqual([
    'torchscript',
    'pt2',
    'source',
    'architecture',
    'plain',
    'lean',
  ]);
  expect(report.problem).toMatchObject({ code: 'convert_unknown', detail: { tried: report.tried } });
});

test('several arrangements that fit are a choice to make', async () => {
  const dense = await openCheckpoint(await openAsBlob(fixture('sequential.pt')), 'sequential.pt');
  // Names that are no places in an nn.Sequential leave more open.
  const tensors = dense.tensors.map(({ name, tensor }) => ({
    name: name.replace(/^\d+/, 'layer$&'),
    tensor,
  }));
  const examples = [{ name: 'x', dtype: 'float32', dims: ['batch', 1, 4, 4] } as const];
  const { report } = await convertCheckpoint({ ...dense, tensors }, { examples });
  expect(report.problem).toMatchObject({
    code: 'convert_unanswered',
    detail: {
      needed: [
        {
          id: 'arrangement',
          choices: [
            'padding that keeps sizes; a pool of 2 after layer0',
            'padding that keeps sizes; a pool of 2 after layer4',
          ],
        },
      ],
    },
  });
  const answers = { arrangement: 'padding that keeps sizes; a pool of 2 after layer4' };
  const { model } = await convertCheckpoint({ ...dense, tensors }, { examples, answers });
  expect(model?.graph.nodes.map(({ op }) => op).slice(0, 5)).toEqual([
    'Conv',
    'Relu',
    'Conv',
    'Relu',
    'MaxPool',
  ]);
});

test('a program whose weights are missing is damaged, as the report says', async () => {
  const checkpoint = await openCheckpoint(await openAsBlob(fixture('newer.pt2')), 'newer.pt2');
  const { report, model } = await convertCheckpoint({ ...checkpoint, tensors: [] });
  expect(model).toBeNull();
  expect(report.stages[1]).toMatchObject({ id: 'translate', state: 'failed' });
  expect(report.problem).toMatchObject({ code: 'file_damaged', detail: { place: 'conv.weight' } });
});

test.each(['scripted.pt', 'traced.pt'])(
  'the program of %s gives what PyTorch gave, at any batch and length',
  async (file) => {
    const { x, output, proof } = await recorded('tagger.npz');
    const examples = [{ name: 'x', dtype: x.dtype, dims: x.dims }];
    const { report, model } = await convertFile(fixture(file), { examples, proof });
    expect(report.problem).toBeNull();
    expect(report.frontend?.id).toBe('torchscript');
    expect(report.maxAbsError).toBeLessThan(1e-5);
    expect(report.inputs).toMatchObject([{ name: 'x', shape: ['batch', 'x_1', 3] }]);
    if (!model) throw new Error('there is a model');
    const [batch = 0, length = 0, width = 0] = x.dims;
    const twice = Float32Array.from({ length: 2 * x.data.length }, (_, at) =>
      Number(x.data[at % x.data.length]),
    );
    const more = await runNative(model, { x: { ...x, dims: [2 * batch, length, width], data: twice } });
    const [given] = Object.values(more);
    expect(given?.dims).toEqual([2 * batch, ...output.dims.slice(1)]);
    expect(Number(given?.data[output.data.length])).toBeCloseTo(Number(output.data[0]), 5);
    const short = await runNative(model, {
      x: { ...x, dims: [1, 2, width], data: x.data.slice(0, 2 * width) },
    });
    expect(Object.values(short)[0]?.dims).toEqual([1, 2, 2]);
  },
);

test('a program whose inputs nobody described asks for their sizes', async () => {
  const { report, model } = await convertFile(fixture('scripted.pt'));
  expect(model).toBeNull();
  expect(report.questions).toMatchObject([{ id: 'input.x', kind: 'shape', usual: null }]);
  const answered = await convertFile(fixture('scripted.pt'), {
    answers: { 'input.x': 'float32[batch,steps,3]' },
  });
  expect(answered.report.inputs).toMatchObject([{ name: 'x', shape: ['batch', 'steps', 3] }]);
});
