import type { UseStore } from 'idb-keyval';
import { bytesKey, externalKey, recordKey } from './keys';
import { upgrade, type ModelRecord } from './record';
import {
  openStore,
  readAll,
  readBlob,
  readOne,
  removeTogether,
  updateTogether,
  writeTogether,
} from './store';

/** The models kept in this browser. Every method goes to storage; what is on screen is the state's business. */
export class Library {
  readonly #store: UseStore = openStore();

  /** All records, oldest first. */
  async list(): Promise<ModelRecord[]> {
    const records = await readAll<ModelRecord>(this.#store, recordKey(''));
    return records.map(upgrade).sort((a, b) => a.addedAt - b.addedAt);
  }

  async get(id: string): Promise<ModelRecord | null> {
    const record = await readOne<ModelRecord>(this.#store, recordKey(id));
    return record ? upgrade(record) : null;
  }

  /** Writes a record and the bytes that come with it in one transaction. */
  async put(record: ModelRecord, bytes: ReadonlyMap<string, Blob> = new Map()): Promise<void> {
    const blobs = [...bytes].map(([key, blob]): [string, Blob] => [bytesKey(key), blob]);
    await writeTogether(this.#store, [[recordKey(record.id), record]], blobs);
  }

  /**
   * Changes what is kept of a model, as it is kept by now, and writes `bytes` with it; `null` where it was removed
   * meanwhile.
   */
  update(
    id: string,
    change: (kept: ModelRecord) => ModelRecord,
    bytes: ReadonlyMap<string, Blob> = new Map(),
  ): Promise<ModelRecord | null> {
    const blobs = [...bytes].map(([key, blob]): [string, Blob] => [bytesKey(key), blob]);
    return updateTogether<ModelRecord>(this.#store, recordKey(id), (kept) => change(upgrade(kept)), blobs);
  }

  /** The bytes kept under a variant's key, or null. */
  bytes(key: string): Promise<Blob | null> {
    return readBlob(this.#store, bytesKey(key));
  }

  /** Removes a model with all its bytes. */
  async remove(record: ModelRecord): Promise<void> {
    const keys = [
      ...record.variants.map(({ key }) => key),
      ...record.external.map((location) => externalKey(record.id, location)),
    ];
    await removeTogether(this.#store, [recordKey(record.id), ...keys.map(bytesKey)]);
  }
}
