import { openAsBlob } from 'node:fs';
import { basename, join } from 'node:path';
import { convert, type Conversion, type Proof, type Request } from '../src/convert';
import type { Checkpoint } from '../src/core/checkpoint';
import { createJob } from '../src/core/job';
import type { PlainTensor } from '../src/core/tensor';
import { readArtifact } from '../src/formats';
import { readElements } from '../src/formats/checkpoint/elements';
import { readNpz } from '../src/formats/npy';
import { encodeOnnx } from '../src/formats/onnx';
import type { Model } from '../src/ir/model';
import { oracle } from './oracle';

/** A checkpoint as the pipeline takes it. */
export async function openCheckpoint(file: Blob, name: string): Promise<Checkpoint> {
  const artifact = await readArtifact(file, { name }, createJob());
  if (artifact.kind !== 'checkpoint') throw new Error(`${name} is a ${artifact.kind}`);
  return artifact.checkpoint;
}

/** A small file of the project's own. */
export const fixture = (name: string) => join(import.meta.dirname, 'fixtures/convert', name);

/** Converts what was read, with nothing said of it but `more`. */
export async function convertCheckpoint(
  checkpoint: Checkpoint,
  more: Partial<Request> = {},
): Promise<Conversion> {
  const nothing = { files: [], answers: {}, examples: [], opset: 17, proof: null };
  return convert({ checkpoint, read: readElements, ...nothing, ...more }, createJob());
}

/** Converts a file. */
export async function convertFile(path: string, more: Partial<Request> = {}): Promise<Conversion> {
  return convertCheckpoint(await openCheckpoint(await openAsBlob(path), basename(path)), more);
}

/** What PyTorch gave, recorded as one input and one output in an archive of arrays. */
export async function recorded(name: string): Promise<{ x: PlainTensor; output: PlainTensor; proof: Proof }> {
  const arrays = await readNpz(await openAsBlob(fixture(name)), name);
  const [x, output] = [arrays.get('x'), arrays.get('output')];
  if (!x || !output) throw new Error(`${name} holds x and output`);
  const inputs = new Map([['x', x]]);
  return {
    x,
    output,
    proof: { inputs, outputs: new Map([['output', output]]), tolerance: 1e-5, run: runNative },
  };
}

/** What a converted model gives in ONNX Runtime's native build. */
export async function runNative(
  model: Model,
  feeds: Readonly<Record<string, PlainTensor>>,
): Promise<Record<string, PlainTensor>> {
  return (await oracle(await encodeOnnx(model)))({ ...feeds });
}
