/**
 * The browser's own storage: one IndexedDB store, records and bytes under prefixed keys, written in one transaction.
 *
 * Bytes are kept as Blobs. WebKit's private sessions refuse Blobs by aborting the transaction with a null error;
 * there the same bytes go in as typed arrays, each under Chromium's limit of 133 MB a value.
 */
import { createStore, delMany, get, getMany, keys, type UseStore } from 'idb-keyval';
import { AppError } from '../core/problem';

const CHUNK_BYTES = 64 * 1024 * 1024;

/** Bytes kept as numbered typed arrays beside this entry, where Blobs are refused. */
interface Chunked {
  chunks: number;
  type: string;
}

/** Opens the one database; cheap, the connection is made by the first use. */
export function openStore(): UseStore {
  return createStore('inkling', 'library');
}

/** All values whose keys begin with `prefix`, in key order. */
export async function readAll<T>(store: UseStore, prefix: string): Promise<T[]> {
  const wanted = (await keys<string>(store)).filter((key) => key.startsWith(prefix));
  return (await getMany<T>(wanted, store)).filter((value) => value !== undefined);
}

/** One value, or undefined. */
export function readOne<T>(store: UseStore, key: string): Promise<T | undefined> {
  return get<T>(key, store);
}

/** The Blob kept under `key`, however it was stored; null when there is none. */
export async function readBlob(store: UseStore, key: string): Promise<Blob | null> {
  const value = await get<Blob | Chunked>(key, store);
  if (!value) return null;
  if (value instanceof Blob) return value;
  const parts = await getMany<Uint8Array<ArrayBuffer>>(chunkKeys(key, value.chunks), store);
  return new Blob(
    parts.filter((part) => part !== undefined),
    { type: value.type },
  );
}

/**
 * Writes plain values and Blobs in one transaction: all of them are there afterwards, or none.
 * Throws `storage_full` or `storage_refused`.
 */
export async function writeTogether(
  store: UseStore,
  values: readonly [string, unknown][],
  blobs: readonly [string, Blob][],
): Promise<void> {
  await asBlobsOrChunks(blobs, (entries) =>
    inOne(store, (objects, attempt) => {
      attempt(() => putAll(objects, [...entries, ...values]));
    }),
  );
}

/**
 * Changes a value and writes Blobs beside it in one transaction; `null`, and nothing is written, where the value is
 * gone. Throws `storage_full`, `storage_refused` and what `change` throws.
 */
export async function updateTogether<T>(
  store: UseStore,
  key: string,
  change: (value: T) => T,
  blobs: readonly [string, Blob][],
): Promise<T | null> {
  return asBlobsOrChunks(blobs, async (entries) => {
    let changed: T | null = null;
    await inOne(store, (objects, attempt) => {
      const reading = objects.get(key) as IDBRequest<T | undefined>;
      reading.onsuccess = () =>
        attempt(() => {
          if (reading.result === undefined) return;
          changed = change(reading.result);
          putAll(objects, [[key, changed], ...entries]);
        });
    });
    return changed;
  });
}

/**
 * Writes in one transaction, and ends when it does. What a step throws that `write` attempts aborts it: thrown in a
 * request's listener it would be nobody's, and end the worker.
 */
function inOne(
  store: UseStore,
  write: (objects: IDBObjectStore, attempt: (step: () => void) => void) => void,
): Promise<void> {
  return store('readwrite', (objects) => {
    const { transaction } = objects;
    return new Promise((resolve, reject) => {
      let failure: Error | null = null;
      transaction.oncomplete = () => resolve();
      // Not sooner: while the error of a request is on its way up, the transaction does not have it yet.
      transaction.onabort = () => reject(transaction.error ?? (failure as Error));
      write(objects, (step) => {
        try {
          step();
        } catch (error) {
          failure = error as Error;
          abort(transaction);
        }
      });
    });
  });
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // The browser was faster, and says why.
  }
}

function putAll(objects: IDBObjectStore, entries: readonly (readonly [string, unknown])[]): void {
  for (const [key, value] of entries) objects.put(value, key);
}

/** Writes Blobs as they are or, where the browser refuses Blobs, as typed arrays. */
async function asBlobsOrChunks<T>(
  blobs: readonly [string, Blob][],
  write: (entries: readonly [string, unknown][]) => Promise<T>,
): Promise<T> {
  try {
    return await write(blobs);
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (isQuota(error) || blobs.length === 0) throw storageProblem(error, blobs);
  }
  try {
    const chunked: [string, unknown][] = [];
    for (const [key, blob] of blobs) chunked.push(...(await toChunks(key, blob)));
    return await write(chunked);
  } catch (error) {
    throw storageProblem(error, blobs);
  }
}

/** Removes values and Blobs, chunks included, in one transaction. */
export async function removeTogether(store: UseStore, wanted: readonly string[]): Promise<void> {
  const all = await keys<string>(store);
  const doomed = all.filter((key) => wanted.some((name) => key === name || key.startsWith(`${name}#`)));
  await delMany(doomed, store);
}

async function toChunks(key: string, blob: Blob): Promise<[string, unknown][]> {
  const count = Math.ceil(blob.size / CHUNK_BYTES);
  const entries: [string, unknown][] = [[key, { chunks: count, type: blob.type } satisfies Chunked]];
  for (const [i, chunkKey] of chunkKeys(key, count).entries()) {
    const slice = blob.slice(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES);
    entries.push([chunkKey, new Uint8Array(await slice.arrayBuffer())]);
  }
  return entries;
}

function chunkKeys(key: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${key}#${i}`);
}

function storageProblem(error: unknown, blobs: readonly [string, Blob][]): AppError {
  const bytes = blobs.reduce((sum, [, blob]) => sum + blob.size, 0);
  if (isQuota(error)) return new AppError('storage_full', { bytes });
  const reason = error instanceof Error ? error.message : 'the browser gave no reason.';
  return new AppError('storage_refused', { reason });
}

function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
