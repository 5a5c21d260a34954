import { openAsBlob } from 'node:fs';
import { expect, test } from 'vitest';
import type { Checkpoint } from '../src/core/checkpoint';
import { createJob } from '../src/core/job';
import { readArtifact } from '../src/formats';
import { readValues } from '../src/formats/checkpoint/elements';
import { readable } from '../src/formats/checkpoint/readable';
import { saveWeights } from '../src/formats/checkpoint/save';

async function open(file: string): Promise<Checkpoint> {
  const blob = await openAsBlob(`tests/fixtures/checkpoints/${file}`);
  const artifact = await readArtifact(blob, { name: file }, createJob());
  if (artifact.kind !== 'checkpoint') throw new Error(`${file} is a ${artifact.kind}`);
  return artifact.checkpoint;
}

async function valuesOf({ tensors }: Checkpoint): Promise<Record<string, number[]>> {
  const values = await Promise.all(
    tensors.map(async ({ name, tensor }) => [name, Array.from((await readValues(tensor)) ?? [])] as const),
  );
  return Object.fromEntries(values);
}

test.each(['checkpoint.pt', 'legacy.pt'])('%s: every kind of tensor comes out row-major', async (file) => {
  expect(await valuesOf(await open(file))).toEqual({
    plain: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    transposed: [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11],
    half: [1.5, -2],
    brain: [1.5, -2],
    scalar: [7],
    empty: [],
    steps: [0, 0.5, 1],
    sparse: [0, 3, 4, 0],
  });
});

test.each(['checkpoint.pt', 'legacy.pt'])('%s: what lies beside the weights is told apart', async (file) => {
  const checkpoint = await open(file);
  expect(checkpoint.layout).toBe('checkpoint');
  expect([...checkpoint.entries].map(([name, value]) => [name, readable(value)])).toEqual([
    ['epoch', 3],
    ['metrics', { accuracy: 0.875, loss: 'NaN' }],
    ['args', { class: 'argparse.Namespace', state: { lr: 0.01, name: 'run' } }],
    ['history', { dtype: 'float32', shape: [4] }],
  ]);
  expect(checkpoint.optimizers[0]).toMatchObject({
    entry: 'optimizer_state_dict',
    algorithm: 'Adam or AdamW',
  });
  expect(checkpoint.optimizers[0]?.tensors.map(({ name }) => name)).toEqual([
    '0.step',
    '0.exp_avg',
    '0.exp_avg_sq',
  ]);
  expect(checkpoint.findings).toEqual([]);
});

test('tensors that share a storage say so, and only their own bytes are read', async () => {
  const { tensors } = await open('checkpoint.pt');
  const [plain, transposed] = tensors;
  expect(transposed?.tensor.storage).toBe(plain?.tensor.storage);
  expect(plain?.tensor.storage.blob?.size).toBe(48);
});

test('big-endian arrays of NumPy are turned round', async () => {
  const history = (await open('checkpoint.pt')).entries.get('history');
  if (typeof history !== 'object' || history?.kind !== 'tensor') throw new Error('no array');
  expect(Array.from((await readValues(history)) ?? [])).toEqual([0, 1, 2, 3]);
});

test('a module that was pickled whole is a tree, its class only a name', async () => {
  const checkpoint = await open('module.pt');
  expect(checkpoint.layout).toBe('module');
  expect(checkpoint.imports).toContain('__main__.Net');
  expect(checkpoint.module).toMatchObject({
    type: '__main__.Net',
    buffers: [{ name: 'mean' }],
    children: [
      {
        name: 'fc',
        type: 'torch.nn.modules.linear.Linear',
        parameters: [{ name: 'weight' }, { name: 'bias' }],
      },
    ],
  });
  expect(checkpoint.tensors.map(({ name }) => name)).toEqual(['mean', 'fc.weight', 'fc.bias']);
});

test('a TorchScript program has its code and what can be called', async () => {
  const checkpoint = await open('scripted.pt');
  expect(checkpoint.format).toBe('torchscript');
  expect(checkpoint.sources[0]?.text).toContain('def forward');
  expect(checkpoint.module?.methods).toEqual(['forward(self, x: Tensor) -> Tensor']);
  expect(checkpoint.tensors.map(({ name }) => name).sort()).toEqual(['fc.bias', 'fc.weight', 'mean']);
});

test('a plain pickle of protocol 0 keeps its storages in itself', async () => {
  const checkpoint = await open('state.pkl');
  expect(checkpoint.format).toBe('pickle');
  expect(await valuesOf(checkpoint)).toEqual({ w: [0, 1, 2] });
});

test('compressed arrays of NumPy are listed without unpacking, and read by rows', async () => {
  const checkpoint = await open('arrays.npz');
  expect(checkpoint.tensors.every(({ tensor }) => tensor.storage.packed)).toBe(true);
  expect(await valuesOf(checkpoint)).toEqual({ rows: [0, 1, 2, 3, 4, 5], columns: [1, 0, 0, 1] });
});

test.each(['safetensors', 'npz'] as const)(
  'weights saved as %s are the same, and nothing else',
  async (as) => {
    const checkpoint = await open('checkpoint.pt');
    const blob = await saveWeights(checkpoint, as, createJob());
    const again = await readArtifact(blob, { name: `saved.${as}` }, createJob());
    if (again.kind !== 'checkpoint') throw new Error('no checkpoint');
    expect(await valuesOf(again.checkpoint)).toEqual(await valuesOf(checkpoint));
    const shape = ({ tensors }: Checkpoint) =>
      new Map(tensors.map(({ name, tensor }) => [name, tensor.dims]));
    expect(shape(again.checkpoint)).toEqual(shape(checkpoint));
    expect(again.checkpoint.optimizers).toEqual([]);
    expect(again.checkpoint.imports).toEqual([]);
  },
);
