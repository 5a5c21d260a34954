import type { Value } from '../../core/checkpoint';
import { formatCount } from '../../core/format';
import { AppError } from '../../core/problem';
import type { Report } from '../checkpoint/report';
import { unpickleWhole } from '../pickle';
import type { ZipEntry } from '../zip';
import { createPersistent, placeParts, type Persistent } from './persistent';
import { rebuilds } from './rebuild';
import { nestedLoader } from './nested';

/** A pickle holds names and numbers only, tensors lie beside it: the largest known have some 10 MB. */
const MAX_PICKLE_BYTES = 512 * 2 ** 20;

/**
 * A pickle of a zip archive, `folder` being where its storages lie; these stay slices of the archive. Throws
 * `file_damaged` and `file_truncated`.
 * @see https://docs.pytorch.org/docs/stable/notes/serialization.html#torch-save-format
 */
export async function readArchived(
  entries: ReadonlyMap<string, ZipEntry>,
  paths: { pickle: string; folder: string },
  file: string,
  report: Report,
): Promise<Value> {
  const entry = entries.get(paths.pickle);
  if (!entry)
    throw new AppError('file_damaged', { file, place: 'the archive', reason: `it has no ${paths.pickle}` });
  const bytes = await readEntry(entry, file);
  const persistent = createPersistent();
  const { value } = unpickleWhole(bytes, 0, {
    ...{ file, part: paths.pickle },
    ...{ imports: report.imports, findings: report.findings },
    callables: new Map([...rebuilds(persistent.resolve), nestedLoader(file, report)]),
    persistent: persistent.resolve,
  });
  report.sources.push(...persistent.sources);
  await placeStorages(persistent, entries, paths.folder, file);
  return value;
}

/** All bytes of an entry that is no storage. */
export async function readEntry(entry: ZipEntry, file: string): Promise<Uint8Array<ArrayBuffer>> {
  if (entry.bytes > MAX_PICKLE_BYTES) {
    throw new AppError('file_damaged', {
      file,
      place: entry.name,
      reason: `it says it has ${formatCount(entry.bytes)} bytes`,
    });
  }
  const { blob, packed } = await entry.locate();
  return new Uint8Array(await (packed ? await entry.read() : blob).arrayBuffer());
}

async function placeStorages(
  persistent: Persistent,
  entries: ReadonlyMap<string, ZipEntry>,
  folder: string,
  file: string,
): Promise<void> {
  const order = entries.get(`${folder.replace(/[^/]*\/?$/, '')}byteorder`);
  const bigEndian = order ? new TextDecoder().decode(await readEntry(order, file)).trim() === 'big' : false;
  const place = async (key: string) => {
    const storage = persistent.storages.get(key);
    if (!storage || storage.bytes === 0) return;
    const path = `${folder}${key}`;
    const entry = entries.get(path);
    if (!entry) {
      throw new AppError('file_damaged', {
        file,
        place: path,
        reason: 'the archive does not hold these numbers, which its pickle names',
      });
    }
    if (entry.bytes < storage.bytes) {
      throw new AppError('file_truncated', {
        file,
        place: path,
        expected: storage.bytes,
        found: entry.bytes,
      });
    }
    const { blob, packed } = await entry.locate();
    storage.blob = packed ? blob : blob.slice(0, storage.bytes);
    storage.packed = packed ? { skip: 0 } : null;
    storage.bigEndian = bigEndian;
  };
  const keys = [...persistent.storages.keys()];
  for (let at = 0; at < keys.length; at += AT_ONCE)
    await Promise.all(keys.slice(at, at + AT_ONCE).map(place));
  placeParts(persistent);
}

/** Headers of entries read side by side. */
const AT_ONCE = 64;
