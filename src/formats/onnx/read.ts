import type { Job } from '../../core/job';
import { locate } from '../../core/locations';
import { AppError } from '../../core/problem';
import type { Model } from '../../ir/model';
import type { ReadContext } from '../format';
import { decodeModel } from './decode';
import { createReading } from './reading';
import { cutSkeleton } from './skeleton';

/** Protobuf's limit for one message: lengths are 31 bits in most readers, ONNX Runtime's among them. */
export const MAX_FILE_BYTES = 2 ** 31 - 1;

/**
 * The model in an ONNX file. Weights are not read: they stay slices of `file` and of the external files, which
 * may be missing until somebody needs their bytes. Throws `file_empty`, `file_too_large`, `file_truncated` or
 * `file_damaged`.
 * @see https://onnx.ai/onnx/repo-docs/IR.html
 */
export async function readOnnx(file: Blob, context: ReadContext, job: Job): Promise<Model> {
  if (file.size === 0) throw new AppError('file_empty', { file: context.name });
  if (file.size > MAX_FILE_BYTES) {
    throw new AppError('file_too_large', { file: context.name, bytes: file.size, limit: MAX_FILE_BYTES });
  }
  const { bytes, cuts } = await cutSkeleton(file, context.name, job);
  const reading = createReading(file, context.name, cuts);
  const model = decodeModel(bytes, reading);
  const files = locate(
    context.external ?? new Map(),
    new Set(reading.external.map(({ location }) => location)),
  );
  for (const data of reading.external) data.blob = files.get(data.location) ?? null;
  return model;
}
