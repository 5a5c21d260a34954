import { convert, type Conversion, type Request } from '../src/convert';
import type { Checkpoint } from '../src/core/checkpoint';
import { createJob } from '../src/core/job';
import type { PlainTensor } from '../src/core/tensor';
import { readArtifact } from '../src/formats';
import { readElements } from '../src/formats/checkpoint/elements';
import { encodeOnnx } from '../src/formats/onnx';
import type { Model } from '../src/ir/model';
import { oracle } from './oracle';

/** A checkpoint as the pipeline takes it. */
export async function openCheckpoint(file: Blob, name: string): Promise<Checkpoint> {
  const artifact = await readArtifact(file, { name }, createJob());
  if (artifact.kind !== 'checkpoint') throw new Error(`${name} is a ${artifact.kind}`);
  return artifact.checkpoint;
}

/** Converts what was read, with nothing said of it but `more`. */
export async function convertCheckpoint(
  checkpoint: Checkpoint,
  more: Partial<Request> = {},
): Promise<Conversion> {
  const nothing = { files: [], answers: {}, examples: [], opset: 17, proof: null };
  return convert({ checkpoint, read: readElements, ...nothing, ...more }, createJob());
}

/** What a converted model gives in ONNX Runtime's native build. */
export async function runNative(
  model: Model,
  feeds: Readonly<Record<string, PlainTensor>>,
): Promise<Record<string, PlainTensor>> {
  return (await oracle(await encodeOnnx(model)))({ ...feeds });
}
