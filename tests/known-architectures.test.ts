/** Weights alone of the architectures in models/architectures, against what PyTorch gave. */
import { openAsBlob, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PlainTensor } from '../src/core/tensor';
import { readNpz } from '../src/formats/npy';
import { encodeOnnx } from '../src/formats/onnx';
import type { Model } from '../src/ir/model';
import { fixtures, type Fixture } from './campaigns/conversion';
import { convertFile } from './convert';
import { oracle } from './oracle';
import { shared } from './wild';

/** The classes, each with what no weights tell of it and whoever trained it knows. */
const families: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  BiLSTM_Attention: {},
  TabularTransformerEncoder: { nhead: '4' },
  QuantizedCNN: {},
  CGCNN: { target: 'band_gap' },
  ALIGNNStyle: { target: 'band_gap' },
  MEGNetStyle: { target: 'band_gap' },
  CrystalGraphConvNet: {},
  ALIGNN: {},
  MEGNet: {},
  SignTransformer: { num_heads: '8', pooling_method: 'mean' },
  InceptionV3GRU: { transform_input: 'True' },
  InceptionV3GRUHead: {},
  VideoInterpreter: {},
};

/**
 * State dicts and checkpoints that come with what PyTorch gave; modules and programs need no architecture, and layers
 * that were quantized dynamically have names that tell none.
 */
const weights = fixtures().filter(
  ({ format, python_class: type, inputs_npz }) =>
    inputs_npz !== null && (type ?? '') in families && !/script|trace|full|lean|dynamic/.test(format),
);

it('has a file of every family', () => {
  const files = readdirSync(join(import.meta.dirname, '../models/architectures'));
  expect(files.filter((name) => name.endsWith('.py'))).toHaveLength(10);
});

if (weights.length === 0)
  it('converts weights of other projects', (context) => {
    context.skip('../shared/fixtures is not on this machine');
  });

it.each(weights)('$file gives what PyTorch gave, without a source', async (entry) => {
  const proof = await proofOf(entry);
  const examples = Array.from(proof.inputs, ([name, { dtype, dims }]) => ({ name, dtype, dims }));
  const said = entry.constructor?.pooling_method;
  const told = {
    ...families[entry.python_class ?? ''],
    ...(typeof said === 'string' && { pooling_method: said }),
  };
  const { report } = await convertFile(join(shared, 'fixtures', entry.file), {
    answers: told,
    examples,
    proof,
  });
  expect(report.gaps).toEqual([]);
  expect(report.frontend?.id).toMatch(/^(architecture|source)$/);
  expect(report.maxAbsError).toBeLessThanOrEqual(entry.tolerance ?? 1e-4);
});

it.each(weights)('$file without a word about it is asked for what no weights tell', async (entry) => {
  const { inputs } = await proofOf(entry);
  const examples = Array.from(inputs, ([name, { dtype, dims }]) => ({ name, dtype, dims }));
  const { report } = await convertFile(join(shared, 'fixtures', entry.file), { examples });
  const asked = report.questions.filter(({ usual }) => usual === null).map(({ id }) => id);
  const left = Object.keys(families[entry.python_class ?? ''] ?? {});
  // A checkpoint may say itself how it was made.
  expect(left).toEqual(expect.arrayContaining(asked));
  if (!/checkpoint/.test(entry.format)) expect(asked).toEqual(left);
});

async function proofOf({ inputs_npz, outputs_npz, tolerance }: Fixture) {
  const arrays = async (path: string | null) =>
    readNpz(await openAsBlob(join(shared, 'fixtures', path ?? '')), path ?? '');
  return {
    ...{ inputs: await arrays(inputs_npz), outputs: await arrays(outputs_npz) },
    ...{ tolerance: tolerance ?? 1e-4, run },
  };
}

/** Unoptimized: fused products of 8-bit numbers overflow on processors without VNNI. */
async function run(model: Model, feeds: Readonly<Record<string, PlainTensor>>) {
  return (await oracle(await encodeOnnx(model), { graphOptimizationLevel: 'disabled' }))({ ...feeds });
}
