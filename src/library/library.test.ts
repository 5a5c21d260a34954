import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../core/problem';
import { Library } from './library';
import { RECORD_VERSION, upgrade, type ModelRecord } from './record';

function record(id: string, external: string[] = []): ModelRecord {
  return {
    ...{
      version: RECORD_VERSION,
      id,
      name: id,
      file: `${id}.onnx`,
      origin: 'dropped',
      addedAt: 1,
      card: null,
      external,
    },
    facts: {
      ...{ format: 'onnx', bytes: 3, sha256: id, irVersion: 8, opsets: {}, graph: '', doc: '', metadata: {} },
      ...{
        producer: { name: '', version: '' },
        inputs: [],
        outputs: [],
        nodes: 0,
        operators: {},
        initializers: 0,
      },
      ...{
        parameters: 0,
        functions: 0,
        subgraphs: 0,
        externalData: [],
        macs: null,
        values: [],
        problems: [],
      },
    },
    reading: { kind: 'unknown' },
    variants: [{ precision: 'fp32', key: id, bytes: 3, gzip: 3, accuracy: null }],
  };
}

type Put = (this: IDBObjectStore, value: unknown, key?: IDBValidKey) => IDBRequest<IDBValidKey>;
const realPut = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')?.value as Put;

/** A request that fails, as the standard has it: its error is the transaction's only once that is aborted. */
function failing(objects: IDBObjectStore, error: DOMException): IDBRequest<IDBValidKey> {
  const operation = () => {
    throw error;
  };
  const transaction = objects.transaction as unknown as {
    _execRequestAsync(asked: object): IDBRequest<IDBValidKey>;
  };
  return transaction._execRequestAsync({ source: objects, operation });
}

const bytesOf = async (blob: Blob | null) => [...new Uint8Array((await blob?.arrayBuffer()) ?? [])];

describe('The library', () => {
  it('gives a record and its bytes back, and forgets both together', async () => {
    const library = new Library();
    const kept = record('one', ['weights.bin']);
    const blob = new Blob([new Uint8Array([1, 2, 3])]);
    await library.put(
      kept,
      new Map([
        ['one', blob],
        ['one/weights.bin', blob],
      ]),
    );
    expect(await library.get('one')).toEqual(kept);
    expect(await bytesOf(await library.bytes('one'))).toEqual([1, 2, 3]);
    await library.remove(kept);
    expect(await library.get('one')).toBeNull();
    expect(await library.bytes('one')).toBeNull();
    expect(await library.bytes('one/weights.bin')).toBeNull();
  });

  it('keeps bytes as typed arrays where Blobs are refused', async () => {
    const library = new Library();
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      const request = realPut.call(this, value, key);
      if (value instanceof Blob) this.transaction.abort();
      return request;
    });
    await library.put(record('two'), new Map([['two', new Blob([new Uint8Array([7, 8])], { type: 'x/y' })]]));
    vi.restoreAllMocks();
    const blob = await library.bytes('two');
    expect(await bytesOf(blob)).toEqual([7, 8]);
    expect(blob?.type).toBe('x/y');
    await library.remove(record('two'));
    expect(await library.bytes('two')).toBeNull();
  });

  it('on a full disk says so and leaves what was there', async () => {
    const library = new Library();
    await library.put(record('three'), new Map([['three', new Blob(['abc'])]]));
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const attempt = library.put(
      { ...record('three'), name: 'changed' },
      new Map([['three', new Blob(['xyz'])]]),
    );
    await expect(attempt).rejects.toMatchObject({ code: 'storage_full' });
    const grown = library.update('three', (kept) => ({ ...kept, name: 'changed' }));
    await expect(grown).rejects.toMatchObject({ code: 'storage_full' });
    vi.restoreAllMocks();
    expect((await library.get('three'))?.name).toBe('three');
    expect(await (await library.bytes('three'))?.text()).toBe('abc');
  });

  it.each<[string, (objects: IDBObjectStore, error: DOMException) => IDBRequest<IDBValidKey>]>([
    [
      'at once',
      (_, error) => {
        throw error;
      },
    ],
    ['by a request', failing],
    [
      'by the transaction',
      (objects, error) => {
        Object.defineProperty(objects.transaction, 'error', { value: error });
        queueMicrotask(() => objects.transaction.abort());
        return new IDBRequest();
      },
    ],
  ])('keeps nothing where the disk turns out to be full half way, said %s', async (_, fail) => {
    const library = new Library();
    await library.put(record('six'));
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      value,
      key,
    ) {
      if (key !== 'bytes:second') return realPut.call(this, value, key);
      return fail(this, new DOMException('full', 'QuotaExceededError'));
    });
    const bytes = new Map(['first', 'second'].map((key) => [key, new Blob(['abc'])]));
    const problem = { code: 'storage_full', detail: { bytes: 6 } };
    await expect(library.put(record('five'), bytes)).rejects.toMatchObject(problem);
    await expect(library.update('six', () => record('five'), bytes)).rejects.toMatchObject(problem);
    // Where there is no room for Blobs there is none for the same bytes as arrays.
    expect(put.mock.calls.filter(([value]) => value instanceof Uint8Array)).toEqual([]);
    vi.restoreAllMocks();
    expect(await library.get('five')).toBeNull();
    expect(await library.bytes('first')).toBeNull();
    expect(await library.get('six')).toEqual(record('six'));
  });

  it('changes what is kept by now, and brings nothing back that was removed meanwhile', async () => {
    const library = new Library();
    const kept = record('grown');
    await library.put(kept, new Map([['grown', new Blob(['abc'])]]));
    const added = new Map([['grown.int8', new Blob(['a'])]]);
    const variant = { precision: 'int8' as const, key: 'grown.int8', bytes: 1, gzip: 1, accuracy: null };
    await library.put({ ...kept, name: 'named meanwhile' });
    const grow = (each: ModelRecord) => ({ ...each, variants: [...each.variants, variant] });
    expect(await library.update('grown', grow, added)).toMatchObject({ name: 'named meanwhile' });
    expect(await library.get('grown')).toMatchObject({ variants: [{ key: 'grown' }, { key: 'grown.int8' }] });
    expect(await bytesOf(await library.bytes('grown.int8'))).toEqual([97]);
    await library.remove({ ...kept, variants: [...kept.variants, variant] });
    expect(await library.update('grown', grow, added)).toBeNull();
    expect(await library.get('grown')).toBeNull();
    expect(await library.bytes('grown.int8')).toBeNull();
  });

  it('leaves a record as it was where its change fails', async () => {
    const library = new Library();
    await library.put(record('same'));
    const fails = library.update('same', () => {
      throw new AppError('storage_missing', { id: 'same' });
    });
    await expect(fails).rejects.toMatchObject({ code: 'storage_missing' });
    expect(await library.get('same')).toEqual(record('same'));
  });

  it('refuses records of a newer Inkling', () => {
    const newer = { ...record('four'), version: RECORD_VERSION + 1 } as unknown as ModelRecord;
    expect(() => upgrade(newer)).toThrow(AppError);
  });
});
