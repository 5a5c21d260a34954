import { BlobReader, BlobWriter, configure, ZipReader, ZipWriter, type FileEntry } from '@zip.js/zip.js';
import { AppError } from '../../core/problem';

/** A list of more files than any archive of arrays has. */
const MAX_ENTRIES = 100_000;
/** One unpacked entry must fit a JavaScript buffer. */
const MAX_ENTRY_BYTES = 2 ** 31;

/** A file in a zip archive, unpacked only when its bytes are asked for. */
export interface ZipEntry {
  name: string;
  bytes: number;
  read(): Promise<Blob>;
}

/**
 * The files in a zip archive, in its order. Throws `file_damaged` for what is no readable archive, too many
 * files, or one that says it unpacks to more than 2 GiB.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function readZip(file: Blob, name: string): Promise<ZipEntry[]> {
  configure({ useWebWorkers: false });
  const damaged = (place: string, reason: string) =>
    new AppError('file_damaged', { file: name, place, reason });
  const reader = new ZipReader(new BlobReader(file));
  const entries = await reader.getEntries().catch((error: unknown) => {
    throw damaged('the archive', `it cannot be listed (${messageOf(error)})`);
  });
  if (entries.length > MAX_ENTRIES) throw damaged('the archive', `it lists ${entries.length} files`);
  return entries
    .filter((entry): entry is FileEntry => !entry.directory)
    .map((entry) => ({
      name: entry.filename,
      bytes: entry.uncompressedSize,
      async read() {
        if (entry.uncompressedSize > MAX_ENTRY_BYTES) {
          throw damaged(entry.filename, `it unpacks to ${entry.uncompressedSize} bytes`);
        }
        return entry.getData(new BlobWriter()).catch((error: unknown) => {
          throw damaged(entry.filename, `it cannot be unpacked (${messageOf(error)})`);
        });
      },
    }));
}

/** A zip archive of files; `stored` ones are not compressed. */
export async function writeZip(files: readonly { name: string; blob: Blob }[], stored = true): Promise<Blob> {
  configure({ useWebWorkers: false });
  const writer = new ZipWriter(new BlobWriter('application/zip'), { level: stored ? 0 : 6 });
  for (const { name, blob } of files) await writer.add(name, new BlobReader(blob), { lastModDate: EPOCH });
  return writer.close();
}

/** The earliest date of a zip archive, so that the same files give the same bytes. */
const EPOCH = new Date(1980, 0, 1);

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
