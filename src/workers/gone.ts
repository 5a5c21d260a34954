import { AppError } from '../core/problem';
import type { TakenFile } from '../core/taken-file';

/** What an error met in reading `files` says: `file_gone` where one was moved or changed after it was dropped. */
export async function withGone(error: unknown, files: readonly TakenFile[]): Promise<unknown> {
  if (!isGone(error)) return error;
  for (const { name, blob } of files) {
    try {
      await blob.slice(0, 1).arrayBuffer();
    } catch {
      return new AppError('file_gone', { file: name });
    }
  }
  return error;
}

function isGone(error: unknown): boolean {
  return (
    error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError')
  );
}
