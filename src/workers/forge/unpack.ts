import type { Job } from '../../core/job';
import { AppError } from '../../core/problem';
import type { TakenFile } from '../../core/taken-file';
import { formats } from '../../formats';
import { createProbe } from '../../formats/probe';
import { readZip } from '../../formats/zip';

/** Files taken from one archive at most; a saved-models folder has some hundred. */
const MOST_FILES = 5000;
/** Bytes unpacked from one archive at most: they lie in memory, unlike those that are stored as they are. */
const MOST_UNPACKED = 2 ** 31;

/**
 * The files in a zip archive of files; any other file, which may be a zip archive too, as PyTorch's are, stays
 * itself. Paths lead nowhere: they are kept as text. Throws `file_damaged`, `file_truncated` and
 * `file_archive_large`.
 */
export async function unpackFile(file: TakenFile, job: Job): Promise<TakenFile[]> {
  const probe = createProbe(file.blob);
  if (!file.name.toLowerCase().endsWith('.zip')) return [file];
  for (const format of formats) if (await format.sniff(probe)) return [file];
  const entries = await readZip(file.blob, file.name);
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (entries.length > MOST_FILES || bytes > MOST_UNPACKED) {
    throw new AppError('file_archive_large', { file: file.name, files: entries.length, bytes });
  }
  const files: TakenFile[] = [];
  for (const [done, entry] of entries.entries()) {
    const parts = entry.name.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..');
    // What macOS adds to archives: forks of files, not files.
    if (parts[0] === '__MACOSX' || parts.at(-1) === '.DS_Store') continue;
    files.push({ name: parts.at(-1) ?? entry.name, path: parts.join('/'), blob: await entry.read() });
    await job.progress({ step: 'unpack', done, total: entries.length, unit: 'files' });
  }
  return files;
}
