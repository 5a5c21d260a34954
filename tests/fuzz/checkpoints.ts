import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createJob } from '../../src/core/job';
import { AppError } from '../../src/core/problem';
import { readArtifact } from '../../src/formats';
import { readElements } from '../../src/formats/checkpoint/elements';
import { readable } from '../../src/formats/checkpoint/readable';
import { writeLean } from '../../src/formats/lean';
import { writeNpy } from '../../src/formats/npy';
import { writeZip } from '../../src/formats/zip';
import type { Ending } from './reader';

/** Elements that are read of a damaged file: enough to reach every part of it. */
const MOST_ELEMENTS = 2 ** 16;

/**
 * Identifies and reads a damaged checkpoint, and its tensors. Ends in a problem of the catalogue or in values; anything
 * else that is thrown is passed on, and is a bug.
 */
export async function readDamagedCheckpoint(bytes: Uint8Array<ArrayBuffer>): Promise<Ending> {
  const start = performance.now();
  const ended = (outcome: string) => ({ outcome, ms: performance.now() - start });
  try {
    const artifact = await readArtifact(new Blob([bytes]), { name: 'damaged.pt' }, createJob());
    if (artifact.kind !== 'checkpoint') return ended('model');
    const { tensors, entries } = artifact.checkpoint;
    for (const { name, tensor } of tensors.slice(0, 20)) {
      if (tensor.dims.reduce((product, dim) => product * dim, 1) > MOST_ELEMENTS) continue;
      await readElements(tensor, name).catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
      });
    }
    for (const value of entries.values()) readable(value);
    return ended('read');
  } catch (error) {
    if (error instanceof AppError) return ended((error as AppError).code);
    throw error;
  }
}

/** A small valid file of every format of checkpoints. */
export async function checkpointSeeds(): Promise<Uint8Array<ArrayBuffer>[]> {
  const folder = 'tests/fixtures/checkpoints';
  const files = readdirSync(folder)
    .filter((name) => /\.(pt|pkl|npz)$/.test(name))
    .sort()
    .map((name) => new Uint8Array(readFileSync(join(folder, name))));
  const npy = writeNpy({ dtype: 'float32', dims: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
  const layer = { inputs: 2, outputs: 2, weights: [1, 2, 3, 4], bias: [0.5, -0] };
  const lean = writeLean({
    ...{
      name: 'tiny',
      architecture: '2→2→2',
      epochs: 1,
      learningRate: 0.1,
      datasetSize: 4,
      trainedOn: 'today',
    },
    ...{ finalTrainAcc: 50, finalTestAcc: 50, finalLoss: 1, layers: [layer, layer] },
  });
  return [...files, safetensorsFile(), npy, new TextEncoder().encode(lean), await exported()];
}

function safetensorsFile(): Uint8Array<ArrayBuffer> {
  const header = JSON.stringify({
    __metadata__: { format: 'pt' },
    w: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] },
    b: { dtype: 'BF16', shape: [2], data_offsets: [16, 20] },
  });
  const file = new Uint8Array(8 + header.length + 20);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(new TextEncoder().encode(header), 8);
  return file;
}

/** A program as torch 2.9 exports it. */
async function exported(): Promise<Uint8Array<ArrayBuffer>> {
  const meta = {
    ...{ dtype: 7, sizes: [{ as_int: 2 }, { as_int: 2 }], strides: [{ as_int: 2 }, { as_int: 1 }] },
    storage_offset: { as_int: 0 },
  };
  const config = {
    config: { 'fc.weight': { path_name: 'weight_0', is_param: true, use_pickle: false, tensor_meta: meta } },
  };
  const node = { target: 'torch.ops.aten.linear.default', inputs: [], outputs: [] };
  const graph = {
    nodes: [node],
    inputs: [{ as_tensor: { name: 'x' } }],
    outputs: [{ as_tensor: { name: 'y' } }],
  };
  const text = (value: unknown) => new Blob([JSON.stringify(value)]);
  const files = [
    { name: 'net/archive_format', blob: new Blob(['pt2']) },
    { name: 'net/models/model.json', blob: text({ graph_module: { graph } }) },
    { name: 'net/data/weights/model_weights_config.json', blob: text(config) },
    { name: 'net/data/weights/weight_0', blob: new Blob([Float32Array.of(1, 2, 3, 4)]) },
  ];
  return new Uint8Array(await (await writeZip(files)).arrayBuffer());
}
