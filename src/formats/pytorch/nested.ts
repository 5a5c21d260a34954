import type { Value } from '../../core/checkpoint';
import { PickleEnds } from '../pickle/machine';
import type { Callable, Site } from '../pickle/scope';
import { asKind } from '../pickle/values';
import type { Report } from '../checkpoint/report';
import { placeParts } from './persistent';
import { readStream } from './stream';

/** Files inside files inside files: plain pickles of tensors have one level. */
const MAX_LEVELS = 4;

/**
 * `torch.storage._load_from_bytes(bytes)`, which is how a plain pickle keeps a storage: a whole legacy file in a
 * value. It is read as such a file is, and runs as little.
 */
export function nestedLoader(file: string, report: Report, level = 0): readonly [string, Callable] {
  return ['torch.storage._load_from_bytes', ([from], site) => load(from, site, { file, report, level })];
}

function load(
  from: Value | undefined,
  site: Site,
  { file, report, level }: { file: string; report: Report; level: number },
): Value {
  const bytes = asKind(from, 'bytes')?.bytes;
  if (!bytes) throw site.damaged('a storage is loaded from what is no bytes');
  if (level >= MAX_LEVELS) throw site.damaged('files lie in files too deep');
  site.spend(Math.ceil(bytes.length / BYTES_A_STEP));
  try {
    const { value, persistent, bigEndian, places } = readStream(bytes, file, report, [
      nestedLoader(file, report, level + 1),
    ]);
    for (const { key, start } of places) {
      const storage = persistent.storages.get(key);
      if (!storage) continue;
      if (start + storage.bytes > bytes.length)
        throw site.damaged('a storage inside the pickle ends too early');
      storage.blob = new Blob([bytes.subarray(start, start + storage.bytes)]);
      storage.bigEndian = bigEndian;
    }
    placeParts(persistent);
    return value;
  } catch (error) {
    if (error instanceof PickleEnds) throw site.damaged('a file inside the pickle ends too early');
    throw error;
  }
}

/** Bytes copied for the price of one value. */
const BYTES_A_STEP = 64;
