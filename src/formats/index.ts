import type { Job } from '../core/job';
import { AppError } from '../core/problem';
import type { Artifact } from './artifact';
import type { Format, ReadContext } from './format';
import { looksLike } from './looks-like';
import { onnx } from './onnx';
import { createProbe } from './probe';

/** Every format that can be read, the most specific first. */
export const formats: readonly Format[] = [onnx];

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
