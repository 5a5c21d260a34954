import type { Job } from '../core/job';
import { AppError } from '../core/problem';
import type { Artifact } from './artifact';
import type { Format, ReadContext } from './format';
import { looksLike } from './looks-like';
import { lean } from './lean';
import { npy } from './npy/npy';
import { npz } from './npy/npz';
import { onnx, readOnnx } from './onnx';
import { pt2 } from './pt2';
import { modelJson } from './pytorch/model-json';
import { pickle } from './pytorch/pickle';
import { pytorchLegacy } from './pytorch/pytorch-legacy';
import { pytorchTar } from './pytorch/pytorch-tar';
import { pytorchZip } from './pytorch/pytorch-zip';
import { safetensors, safetensorsIndex } from './safetensors';
import { torchscript } from './torchscript';
import { createProbe } from './probe';
import type { Model } from '../ir/model';

/** Every format that can be read, the most specific first. */
export const formats: readonly Format[] = [
  pt2,
  torchscript,
  pytorchZip,
  npz,
  pytorchLegacy,
  pytorchTar,
  safetensors,
  safetensorsIndex,
  modelJson,
  npy,
  lean,
  onnx,
  pickle,
];

/**
 * The format of a file, by its content. Throws `file_empty`, or `file_unknown` with what the file looks like
 * instead.
 */
export async function identify(file: Blob, name: string): Promise<Format> {
  if (file.size === 0) throw new AppError('file_empty', { file: name });
  const probe = createProbe(file);
  for (const format of formats) if (await format.sniff(probe)) return format;
  throw new AppError('file_unknown', { file: name, looksLike: await looksLike(probe) });
}

/** What a file holds, whatever its format; throws as `identify` and the format's reader do. */
export async function readArtifact(file: Blob, context: ReadContext, job: Job): Promise<Artifact> {
  const format = await identify(file, context.name);
  return format.read(file, context, job);
}

/**
 * The graph that a file holds. Throws `file_unknown` for weights without a graph, with what the file is, and as
 * `readArtifact` does.
 */
export async function readModel(file: Blob, context: ReadContext, job: Job): Promise<Model> {
  const format = await identify(file, context.name);
  if (format !== onnx) {
    throw new AppError('file_unknown', { file: context.name, looksLike: await looksLike(createProbe(file)) });
  }
  return readOnnx(file, context, job);
}
