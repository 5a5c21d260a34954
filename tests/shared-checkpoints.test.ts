import { createHash } from 'node:crypto';
import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Checkpoint, NamedTensor } from '../src/core/checkpoint';
import { createJob } from '../src/core/job';
import { toNumbers } from '../src/core/numbers';
import { bytesOf } from '../src/core/tensor';
import { readArtifact } from '../src/formats';
import { readElements, readValues } from '../src/formats/checkpoint/elements';
import { namedTensors } from '../src/formats/checkpoint/walk';
import { parseLean, writeLean } from '../src/formats/lean';
import { readNpz } from '../src/formats/npy';
import recorded from './fixtures/checkpoints/expected.json';
import { shared } from './wild';

interface Entry {
  file: string;
  format: string;
  expected_npz?: string | null;
}

const fixtures = join(shared, 'fixtures');
const here = existsSync(join(fixtures, 'manifest.json'));
const entries = here
  ? (JSON.parse(readFileSync(join(fixtures, 'manifest.json'), 'utf8')) as { models: Entry[] }).models
  : [];

async function open(path: string): Promise<Checkpoint> {
  const name = path.replace(/^.*\//, '');
  const artifact = await readArtifact(await openAsBlob(path), { name }, createJob());
  if (artifact.kind !== 'checkpoint') throw new Error(`${path} is a ${artifact.kind}`);
  return artifact.checkpoint;
}

/** `name dtype shape sha256`, as record.py writes it. */
async function line({ name, tensor }: NamedTensor): Promise<string> {
  const sha256 = createHash('sha256').update(bytesOf(await readElements(tensor, name)));
  return `${name} ${tensor.dtype} ${tensor.dims.join(',')} ${sha256.digest('hex')}`;
}

describe.skipIf(!here)('the shared checkpoints (skipped where SHARED_DIR has none)', () => {
  const checkpoints = entries.filter(({ format }) => format !== 'onnx');

  test.each(checkpoints.map((entry) => [entry.file, entry] as const))('%s reads', async (file, entry) => {
    const checkpoint = await open(join(fixtures, file));
    expect(checkpoint.findings).toEqual([]);
    expect(structuredClone(checkpoint).tensors.length).toBe(checkpoint.tensors.length);
    if (!entry.expected_npz) {
      expect(checkpoint.tensors.length).toBeGreaterThan(0);
      return;
    }
    const arrays = await readNpz(await openAsBlob(join(fixtures, entry.expected_npz)), entry.expected_npz);
    const found = new Map(namedTensors(checkpoint.root).map(({ name, tensor }) => [name, tensor]));
    for (const [name, array] of arrays) {
      const tensor = found.get(name);
      expect(tensor?.dims, name).toEqual(array.dims);
      if (!tensor || Array.isArray(array.data)) continue;
      const wanted = toNumbers(array.dtype, array.data, array.data.length);
      if (wanted) expect(Array.from((await readValues(tensor)) ?? []), name).toEqual(Array.from(wanted));
    }
  });

  // Objects of C++ have no state dict in Python; here their tensors are listed by the places in their state.
  const packed = /_all_weight_values\.\d\.param/;

  test.each(Object.entries(recorded))(
    '%s has the names, types and values that PyTorch reads',
    async (file, wanted) => {
      const { tensors } = await open(join(shared, file));
      const lines = await Promise.all(tensors.filter(({ name }) => !packed.test(name)).map(line));
      expect(lines.length).toBe(wanted.tensors);
      // UTF-8 order, as Python sorts.
      expect(createHash('sha256').update(lines.sort().join('\n')).digest('hex')).toBe(wanted.sha256);
    },
  );

  const bad: [string, object][] = [
    ['empty.pt', { code: 'file_empty' }],
    [
      'html_error_page.pth',
      { code: 'file_unknown', detail: { looksLike: 'looks like an HTML page, as a failed download leaves' } },
    ],
    ['huge_header.safetensors', { code: 'file_damaged' }],
    [
      'lfs_pointer.pt',
      {
        code: 'file_unknown',
        detail: { looksLike: expect.stringContaining('104\u202f806\u202f143 bytes') as unknown },
      },
    ],
    ['malicious_reduce.pt', { code: 'file_unsafe', detail: { imports: ['posix.system'] } }],
    ['missing_storage.pt', { code: 'file_damaged', detail: { place: 'bare_tensor/data/0' } }],
    ['random_bytes.pth', { code: 'file_unknown' }],
    ['truncated.safetensors', { code: 'file_truncated' }],
    ['truncated_legacy.pt', { code: 'file_truncated' }],
    ['truncated_zip.pt', { code: 'file_truncated' }],
    ['truncated_zip_early.pt', { code: 'file_truncated' }],
  ];

  test.each(bad)('layouts/bad/%s ends in the right problem', async (file, problem) => {
    await expect(open(join(fixtures, 'layouts/bad', file))).rejects.toMatchObject(problem);
  });

  test.each(['dimension_mismatch', 'missing_layer2Bias', 'nan_weight', 'truncated'])(
    '%s.lean is refused',
    async (file) => {
      await expect(open(join(fixtures, `verified_nn/edge_bad/${file}.lean`))).rejects.toMatchObject({
        code: 'file_damaged',
      });
    },
  );

  test('a model.json is read with the weights beside it', async () => {
    const folder = join(fixtures, 'crystal_gnn/original_repos/MEGNet-MP-2018.6.1-Eform');
    const external = new Map([['state.pt', await openAsBlob(join(folder, 'state.pt'))]]);
    const file = await openAsBlob(join(folder, 'model.json'));
    const artifact = await readArtifact(file, { name: 'model.json', external }, createJob());
    if (artifact.kind !== 'checkpoint') throw new Error('no checkpoint');
    expect(artifact.checkpoint.entries.get('@class')).toBe('MEGNet');
    expect(artifact.checkpoint.tensors.length).toBeGreaterThan(0);
    const alone = readArtifact(file, { name: 'model.json' }, createJob());
    await expect(alone).rejects.toMatchObject({ code: 'file_external_missing' });
  });

  test('a network of VerifiedNN is written back letter by letter, and read in half a second', () => {
    const name = 'MNIST_20251022_235945';
    const text = readFileSync(join(fixtures, `verified_nn/SavedModels/${name}.lean`), 'utf8');
    const started = performance.now();
    const { definitions, metadata } = parseLean(text, name);
    expect(performance.now() - started).toBeLessThan(500);
    const layers = ['layer1', 'layer2'].map((layer) => {
      const weights = definitions.get(`${layer}Weights`);
      const [outputs = 0, inputs = 0] = weights?.dims ?? [];
      return {
        inputs,
        outputs,
        weights: weights?.elements ?? [],
        bias: definitions.get(`${layer}Bias`)?.elements ?? [],
      };
    });
    const facts = Object.fromEntries(metadata) as unknown as Omit<Parameters<typeof writeLean>[0], 'layers'>;
    expect(writeLean({ ...facts, layers })).toBe(text);
  });
});

interface Wild {
  file: string;
  kind: string;
  container: string | null;
  tensors: number | null;
}

const list = join(shared, 'wild/manifest.jsonl');
const wild = existsSync(list)
  ? readFileSync(list, 'utf8')
      .trim()
      .split('\n')
      .map((entry) => JSON.parse(entry) as Wild)
      .filter(({ file }) => file.startsWith('torch/'))
  : [];

describe.skipIf(wild.length === 0)('checkpoints that people keep (skipped where SHARED_DIR has none)', () => {
  test.each(wild.map((entry) => [entry.file, entry] as const))(
    '%s reads',
    async (file, { kind, tensors }) => {
      const checkpoint = await open(join(shared, 'wild', file));
      const all = namedTensors(checkpoint.root);
      if (tensors !== 0) expect(checkpoint.tensors.length).toBeGreaterThan(0);
      for (const { name, tensor } of all.slice(0, 400)) await readElements(tensor, name);
      // The manifest counts storages; those of programs may be the constants of the code, those of objects their attributes.
      if (tensors !== null && !/^TorchScript|^full/.test(kind)) {
        expect(new Set(all.map(({ tensor }) => tensor.storage)).size).toBeGreaterThanOrEqual(tensors);
      }
    },
  );
});
