import type { Value } from '../../core/checkpoint';
import { dtypes } from '../../core/dtype';
import { unpickle, type Unpickled } from '../pickle';
import type { Callable, Scope } from '../pickle/scope';
import { asKind, itemsOf } from '../pickle/values';
import type { Report } from '../checkpoint/report';
import { createPersistent, type Persistent } from './persistent';
import { rebuilds } from './rebuild';

/** The pickles of a legacy file, and where the bytes of its storages begin. */
export interface Stream {
  value: Value;
  persistent: Persistent;
  bigEndian: boolean;
  /** Storages in the order of their bytes, with where each begins; eight bytes before it say how many elements. */
  places: { key: string; start: number }[];
}

/**
 * The four or five pickles that a legacy file begins with: the magic number, the protocol, the system, the object,
 * the keys of the storages. Throws `PickleEnds` where the bytes at hand end first.
 * @see https://github.com/pytorch/pytorch/blob/main/torch/serialization.py (_legacy_save)
 */
export function readStream(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  report: Report,
  more: readonly (readonly [string, Callable])[],
): Stream {
  const persistent = createPersistent();
  const scope = (part: string): Scope => ({
    ...{ file, part, imports: report.imports, findings: report.findings },
    callables: new Map([...rebuilds(persistent.resolve), ...more]),
    persistent: persistent.resolve,
  });
  let at = 0;
  const next = (part: string): Value => {
    const read: Unpickled = unpickle(bytes, at, scope(part));
    at = read.end;
    return read.value;
  };
  next('the magic number');
  next('the protocol');
  const system = asKind(next('the system'), 'dict');
  const value = next('the pickle');
  const keys = itemsOf(next('the list of storages')) ?? [];
  report.sources.push(...persistent.sources);
  let start = at;
  const places = keys.map((key) => {
    const storage = persistent.storages.get(String(typeof key === 'object' ? '' : key));
    const place = { key: storage?.key ?? '', start: start + COUNT_BYTES };
    start = place.start + (storage ? roundedBytes(storage.bytes, dtypes[storage.dtype].bits) : 0);
    return place;
  });
  return { value, persistent, bigEndian: system?.entries.get('little_endian') === false, places };
}

const COUNT_BYTES = 8;

function roundedBytes(bytes: number, bits: number): number {
  return bits < 8 ? Math.ceil(bytes) : bytes;
}
