import { BlobReader, BlobWriter, configure, ZipWriter } from '@zip.js/zip.js';
import { formatCount } from '../../core/format';
import { AppError } from '../../core/problem';
import { inflate } from './inflate';
import { locate, readDirectory } from './directory';

/** One unpacked entry must fit a JavaScript buffer. */
const MAX_ENTRY_BYTES = 2 ** 31;

/** A file in a zip archive, unpacked only when its bytes are asked for. */
export interface ZipEntry {
  name: string;
  bytes: number;
  /** Its bytes, unpacked; throws `file_damaged` and `file_truncated`. */
  read(): Promise<Blob>;
  /** Where its bytes lie in the archive, unread: `packed` ones are raw deflate. Throws as `read` does. */
  locate(): Promise<{ blob: Blob; packed: boolean }>;
}

/**
 * The files in a zip archive, in its order, folders left out. Throws `file_truncated` for an archive that has lost its
 * end, `file_damaged` for what is no readable archive or lists too many files; an entry that says it unpacks to more
 * than 2 GiB is refused when it is read.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function readZip(file: Blob, name: string): Promise<ZipEntry[]> {
  const listed = await readDirectory(file, name);
  return listed
    .filter((entry) => !entry.name.endsWith('/'))
    .map((entry) => {
      const damaged = (reason: string) =>
        new AppError('file_damaged', { file: name, place: entry.name, reason });
      const find = async () => {
        if (entry.encrypted) throw damaged('it is encrypted; unpack it with its password first');
        if (entry.method !== STORED && entry.method !== DEFLATED) {
          throw damaged(`it is compressed by method ${entry.method}, not deflate`);
        }
        const packed = entry.method === DEFLATED;
        if (!packed && entry.packedBytes !== entry.bytes) throw damaged('its two sizes disagree');
        return { blob: await locate(file, name, entry), packed };
      };
      return {
        name: entry.name,
        bytes: entry.bytes,
        locate: find,
        async read() {
          const { blob, packed } = await find();
          if (!packed) return blob;
          if (entry.bytes > MAX_ENTRY_BYTES) throw damaged(`it unpacks to ${formatCount(entry.bytes)} bytes`);
          const bytes = await inflate(blob, 0, entry.bytes);
          if (bytes.length !== entry.bytes)
            throw damaged(
              `it unpacks to ${formatCount(bytes.length)} bytes, not ${formatCount(entry.bytes)}`,
            );
          return new Blob([bytes]);
        },
      };
    });
}

const STORED = 0;
const DEFLATED = 8;

/** A zip archive of files; `stored` ones are not compressed. */
export async function writeZip(files: readonly { name: string; blob: Blob }[], stored = true): Promise<Blob> {
  configure({ useWebWorkers: false });
  const writer = new ZipWriter(new BlobWriter('application/zip'), { level: stored ? 0 : 6 });
  for (const { name, blob } of files) await writer.add(name, new BlobReader(blob), { lastModDate: EPOCH });
  return writer.close();
}

/** The earliest date of a zip archive, so that the same files give the same bytes. */
const EPOCH = new Date(1980, 0, 1);
