import type { SourceText } from '../../core/checkpoint';
import type { Job } from '../../core/job';
import { filesAround } from '../../core/locations';
import { AppError } from '../../core/problem';
import type { TakenFile } from '../../core/taken-file';
import { convert } from '../../convert';
import { readArtifact } from '../../formats';
import { readElements } from '../../formats/checkpoint/elements';
import { encodeOnnx } from '../../formats/onnx';
import type { Forge, Order } from './api';

/** Texts that tell of a model; longer ones are data. */
const TEXT = /\.(py|json|ya?ml|txt|md|csv)$/i;
const MOST_TEXT_BYTES = 4 * 2 ** 20;

/** Reads a checkpoint and makes a model of it; throws `file_unknown` for a file that is a model already. */
export async function convertFile(
  { file, beside, answers, examples, opset }: Order,
  job: Job,
): ReturnType<Forge['convert']> {
  const external = filesAround(file, beside);
  const artifact = await readArtifact(file.blob, { name: file.name, external }, job);
  if (artifact.kind !== 'checkpoint') {
    throw new AppError('file_unknown', { file: file.name, looksLike: 'is an ONNX model already' });
  }
  const { report, model } = await convert(
    {
      ...{ checkpoint: artifact.checkpoint, files: await texts(beside), answers, examples, opset },
      ...{ read: readElements, proof: null },
    },
    job,
  );
  return { report, model: model && (await encodeOnnx(model)) };
}

/** Each by its path: files of several folders may have one name. */
async function texts(files: readonly TakenFile[]): Promise<SourceText[]> {
  const found: SourceText[] = [];
  for (const { name, path, blob } of files) {
    if (TEXT.test(name) && blob.size <= MOST_TEXT_BYTES)
      found.push({ name: path ?? name, text: await blob.text() });
  }
  return found;
}
