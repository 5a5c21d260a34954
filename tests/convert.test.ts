import { expect, test } from 'vitest';
import type { PlainTensor } from '../src/core/tensor';
import { convertCheckpoint, openCheckpoint, runNative } from './convert';

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
