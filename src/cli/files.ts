import { openAsBlob } from 'node:fs';
import { access, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Job } from '../core/job';
import { createJob } from '../core/job';
import { formatBytes } from '../core/format';
import { baseName, keyOf } from '../core/locations';
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
  const locations = new Set<string>();
  for (const { data } of tensorsOf(model.graph)) if (data.kind === 'external') locations.add(data.location);
  const external = await openBeside(path, locations);
  if (external.size === 0) return { path, file, model };
  return { path, file, model: await readModel(file, { name, external }, job) };
}

/** The files that locations in the file at `path` may name, by their paths from its folder; none outside of that. */
export async function openBeside(path: string, locations: Iterable<string>): Promise<Map<string, Blob>> {
  const places = new Set<string>();
  for (const location of locations) places.add(keyOf(location)).add(baseName(location));
  const beside = new Map<string, Blob>();
  for (const place of places) {
    const blob = await openFile(join(dirname(path), place)).catch(() => null);
    if (blob) beside.set(place, blob);
  }
  return beside;
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

/**
 * Writes a Blob beside `path` first and puts it there when it is whole: the Blob may be made of slices of the very
 * file that it replaces. What is no file (`/dev/stdout`, a pipe) is written to as it is. Throws `file_not_written`.
 */
export async function saveFile(path: string, blob: Blob): Promise<void> {
  try {
    const target = await realpath(path).catch(() => path);
    const there = await stat(target).catch(() => null);
    if (there && !there.isFile()) await writeFile(target, blob.stream());
    else await replaceFile(target, blob, there?.mode ?? 0o666);
  } catch (error) {
    throw new AppError('file_not_written', { file: path, reason: reasonOf(error) });
  }
}

async function replaceFile(path: string, blob: Blob, mode: number): Promise<void> {
  const part = `${path}.part-${process.pid}`;
  try {
    await writeFile(part, blob.stream(), { mode });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'that is not allowed',
  EPERM: 'that is not allowed',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  EBUSY: 'it is in use',
  EROFS: 'the disk is read-only',
  ENAMETOOLONG: 'its name is too long',
  NotReadableError: 'a file that it is made of was changed or removed meanwhile',
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return reasons[code] ?? reasons[error.name] ?? error.message;
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
