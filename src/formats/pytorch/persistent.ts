import type { SourceText, Storage, Value } from '../../core/checkpoint';
import { dtypes, type Dtype } from '../../core/dtype';
import type { Site } from '../pickle/scope';
import { asKind, itemsOf } from '../pickle/values';
import { torchDtype } from './dtypes';

/** The storages that a pickle names by persistent ids, and the sources of the classes in it. */
export interface Persistent {
  storages: Map<string, Storage>;
  sources: SourceText[];
  /** Storages that share the bytes of another. */
  parts: { storage: Storage; whole: Storage; skip: number }[];
  resolve: (id: Value, site: Site) => Value;
}

/**
 * Answers persistent ids: `('storage', class, key, device, elements, view)` with a storage, the same for the same
 * key, whose bytes are found later; `('module', class, file, source)` with the class.
 */
export function createPersistent(): Persistent {
  const storages = new Map<string, Storage>();
  const sources: SourceText[] = [];
  const sourced = new Set<string>();
  const parts: Persistent['parts'] = [];
  return {
    storages,
    sources,
    parts,
    resolve(id, site) {
      const parts = itemsOf(id);
      if (!parts) throw site.damaged('an id outside the pickle is not of PyTorch');
      const [what, type, third, fourth, count, view] = parts;
      if (what === 'module') {
        const name = asKind(type, 'named')?.name ?? 'unknown';
        if (typeof fourth === 'string' && !sourced.has(name)) sources.push({ name, text: fourth });
        sourced.add(name);
        return type ?? null;
      }
      if (what !== 'storage') throw site.damaged('an id outside the pickle is no storage');
      const dtype = torchDtype(asKind(type, 'named')?.name ?? '');
      const key = typeof third === 'number' ? String(third) : third;
      if (
        dtype === null ||
        typeof key !== 'string' ||
        typeof count !== 'number' ||
        !Number.isSafeInteger(count) ||
        count < 0
      ) {
        throw site.damaged('a storage is described wrongly');
      }
      const device = typeof fourth === 'string' ? fourth : 'cpu';
      const whole = storages.get(key) ?? created(key, dtype, count, device);
      storages.set(key, whole);
      return part(whole, dtype, view, site);
    },
  };

  function created(key: string, dtype: Dtype, count: number, device: string): Storage {
    const bytes = Math.ceil((count * dtypes[dtype].bits) / 8);
    return { kind: 'storage', key, dtype, bytes, device, bigEndian: false, blob: null, packed: null };
  }

  /** The same bytes as another type, or a part of them as the oldest files have it: `(key, offset, elements)`. */
  function part(whole: Storage, dtype: Dtype, view: Value | undefined, site: Site): Storage {
    const [key, offset, count] = itemsOf(view) ?? [];
    if (key === undefined && dtype === whole.dtype) return whole;
    const size = dtypes[dtype].bits / 8;
    const skip = key === undefined ? 0 : numberOf(offset) * size;
    const bytes = key === undefined ? whole.bytes : numberOf(count) * size;
    if (!(skip >= 0 && bytes >= 0 && skip + bytes <= whole.bytes))
      throw site.damaged('a part of a storage lies outside it');
    const known = parts.find(
      (one) =>
        one.whole === whole &&
        one.skip === skip &&
        one.storage.bytes === bytes &&
        one.storage.dtype === dtype,
    );
    if (known) return known.storage;
    const storage = { ...whole, dtype, bytes };
    parts.push({ storage, whole, skip });
    return storage;
  }
}

/** Gives parts of storages their bytes when those of the whole are known. */
export function placeParts({ parts }: Persistent): void {
  for (const { storage, whole, skip } of parts) {
    storage.bigEndian = whole.bigEndian;
    storage.packed = whole.packed && { skip: whole.packed.skip + skip };
    storage.blob = whole.packed ? whole.blob : (whole.blob?.slice(skip, skip + storage.bytes) ?? null);
  }
}

function numberOf(value: Value | undefined): number {
  return typeof value === 'number' ? value : NaN;
}
