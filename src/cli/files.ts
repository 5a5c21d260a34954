import { openAsBlob } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Job } from '../core/job';
import { createJob } from '../core/job';
import { formatBytes } from '../core/format';
import { AppError } from '../core/problem';
import { readModel } from '../formats';
import type { Model } from '../ir/model';
import { tensorsOf } from '../ir/walk';

/** A model and the file it came from. */
export interface OpenedModel {
  path: string;
  file: Blob;
  model: Model;
}

/** Opens a model, with the external weights that lie beside it; throws what the reader throws. */
export async function openModel(path: string, job: Job): Promise<OpenedModel> {
  const file = await openFile(path);
  const name = basename(path);
  const model = await readModel(file, { name }, job);
  const external = new Map<string, Blob>();
  for (const { data } of tensorsOf(model.graph)) {
    if (data.kind !== 'external') continue;
    const beside = basename(data.location);
    if (!external.has(beside)) {
      const blob = await openFile(join(dirname(path), beside)).catch(() => null);
      if (blob) external.set(beside, blob);
    }
  }
  if (external.size === 0) return { path, file, model };
  return { path, file, model: await readModel(file, { name, external }, job) };
}

/** A file as a Blob that is read on demand; throws `file_not_found`. */
export async function openFile(path: string): Promise<Blob> {
  try {
    await access(path);
    return await openAsBlob(path);
  } catch (error) {
    throw new AppError('file_not_found', { file: path, reason: reasonOf(error) });
  }
}

/** Writes a Blob, a stream at a time; throws `file_not_written`. */
export async function saveFile(path: string, blob: Blob): Promise<void> {
  try {
    await writeFile(path, blob.stream());
  } catch (error) {
    throw new AppError('file_not_written', { file: path, reason: reasonOf(error) });
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return (
    { ENOENT: 'there is no such file', EACCES: 'it may not be opened', EISDIR: 'it is a folder' }[code] ??
    code
  );
}

/** A job whose progress shows on a terminal's standard error and leaves no trace. */
export function terminalJob(): Job {
  if (!process.stderr.isTTY) return createJob();
  return createJob(({ step, done, total, unit }) => {
    const amount =
      unit === 'bytes' ? `${formatBytes(done)} of ${formatBytes(total)}` : `${done} of ${total} ${unit}`;
    process.stderr.write(done >= total ? '\r\x1b[K' : `\r\x1b[K${step}: ${amount}`);
  });
}
