import type { StoredTensor, Value } from '../../core/checkpoint';
import { dtypes } from '../../core/dtype';
import { AppError } from '../../core/problem';
import { contiguous } from '../checkpoint/storage';
import { unpickleWhole } from '../pickle';
import type { Scope } from '../pickle/scope';
import { asKind, itemsOf } from '../pickle/values';
import type { Report } from '../checkpoint/report';
import { nestedLoader } from './nested';
import { createPersistent, placeParts, type Persistent } from './persistent';
import { rebuilds } from './rebuild';

const BLOCK = 512;
/** These files are from before 2017, when models fitted a few hundred MB. */
const MAX_PART_BYTES = 2 ** 30;
/** PyTorch's own limit. */
const MAX_DIMS = 64;

/**
 * What a file of torch 0.1 holds: a tar archive of `storages`, `tensors` and `pickle`. Throws `file_damaged` and
 * `file_truncated`.
 * @see https://github.com/pytorch/pytorch/blob/main/torch/serialization.py (_legacy_load, legacy_load)
 */
export async function readTar(file: Blob, name: string, report: Report): Promise<Value> {
  const parts = await listTar(file, name);
  const persistent = createPersistent();
  const made = new Map<string, Value>();
  const scope = (part: string): Scope => ({
    ...{ file: name, part, imports: report.imports, findings: report.findings },
    callables: new Map([...rebuilds(persistent.resolve), nestedLoader(name, report)]),
    persistent: (id, site) => made.get(keyOf(id)) ?? persistent.resolve(id, site),
  });
  const storages = parts.get('storages');
  if (storages) await readStorages(storages, name, scope('storages'), persistent, made);
  const tensors = parts.get('tensors');
  if (tensors) await readTensors(tensors, name, scope('tensors'), made);
  const pickle = parts.get('pickle');
  if (!pickle)
    throw new AppError('file_damaged', { file: name, place: 'the archive', reason: 'it has no pickle' });
  const { value } = unpickleWhole(new Uint8Array(await pickle.arrayBuffer()), 0, scope('pickle'));
  placeParts(persistent);
  report.sources.push(...persistent.sources);
  return value;
}

/** The files of a tar archive as slices of it. */
async function listTar(file: Blob, name: string): Promise<Map<string, Blob>> {
  const parts = new Map<string, Blob>();
  for (let at = 0; at + BLOCK <= file.size;) {
    const header = latin1.decode(await file.slice(at, at + BLOCK).arrayBuffer());
    const path = header.slice(0, 100).replace(/\0.*$/s, '').replace(/^\.\//, '');
    if (path === '') break;
    const bytes = parseInt(header.slice(124, 136).trim(), 8);
    const start = at + BLOCK;
    if (!Number.isSafeInteger(bytes) || bytes > MAX_PART_BYTES)
      throw new AppError('file_damaged', { file: name, place: path, reason: 'its size is impossible' });
    if (start + bytes > file.size)
      throw new AppError('file_truncated', {
        file: name,
        place: path,
        expected: bytes,
        found: file.size - start,
      });
    parts.set(path, file.slice(start, start + bytes));
    at = start + Math.ceil(bytes / BLOCK) * BLOCK;
  }
  return parts;
}

const latin1 = new TextDecoder('latin1');

/** How many there are, then of each: `(key, device, class)`, eight bytes with the number of elements, the elements. */
async function readStorages(
  part: Blob,
  file: string,
  scope: Scope,
  persistent: Persistent,
  made: Map<string, Value>,
): Promise<void> {
  const bytes = new Uint8Array(await part.arrayBuffer());
  const first = unpickleWhole(bytes, 0, scope);
  let at = first.end;
  for (let left = countOf(first.value, file); left > 0; left--) {
    const { value, end } = unpickleWhole(bytes, at, scope);
    const [key, device, type] = itemsOf(value) ?? [];
    const count = int64(bytes, end, file);
    const site = {
      damaged: (reason: string) => new AppError('file_damaged', { file, place: 'storages', reason }),
      spend: () => undefined,
    };
    const id: Value = {
      kind: 'tuple',
      items: ['storage', type ?? null, String(typeof key === 'object' ? '' : key), device ?? 'cpu', count],
    };
    const storage = asKind(persistent.resolve(id, site), 'storage');
    const start = end + 8;
    if (!storage || start + storage.bytes > bytes.length) {
      throw new AppError('file_truncated', {
        file,
        place: 'storages',
        expected: start + (storage?.bytes ?? 0),
        found: bytes.length,
      });
    }
    storage.blob = part.slice(start, start + storage.bytes);
    made.set(keyOf(key ?? null), storage);
    at = start + storage.bytes;
  }
  if (at >= bytes.length) return;
  for (const view of itemsOf(unpickleWhole(bytes, at, scope).value) ?? []) {
    const [target, root, offset, count] = itemsOf(view) ?? [];
    const whole = asKind(made.get(keyOf(root ?? null)), 'storage');
    if (!whole || typeof offset !== 'number' || typeof count !== 'number') continue;
    const size = dtypes[whole.dtype].bits / 8;
    const storage = {
      ...whole,
      bytes: count * size,
      blob: whole.blob?.slice(offset * size, (offset + count) * size) ?? null,
    };
    made.set(keyOf(target ?? null), storage);
  }
}

/** How many there are, then of each: `(key, storage, class)`, sizes, strides and offset as numbers. */
async function readTensors(part: Blob, file: string, scope: Scope, made: Map<string, Value>): Promise<void> {
  const bytes = new Uint8Array(await part.arrayBuffer());
  const first = unpickleWhole(bytes, 0, scope);
  let at = first.end;
  for (let left = countOf(first.value, file); left > 0; left--) {
    const { value, end } = unpickleWhole(bytes, at, scope);
    const [key, from] = itemsOf(value) ?? [];
    const rank = int64(bytes, end, file) % 2 ** 32;
    const storage = asKind(made.get(keyOf(from ?? null)), 'storage');
    if (rank > MAX_DIMS || !storage)
      throw new AppError('file_damaged', { file, place: 'tensors', reason: 'a tensor is described wrongly' });
    const numbers = Array.from({ length: 2 * rank + 1 }, (_, index) =>
      int64(bytes, end + 8 + index * 8, file),
    );
    const dims = numbers.slice(0, rank);
    const tensor: StoredTensor = {
      ...contiguous(storage.dtype, dims, storage),
      strides: numbers.slice(rank, 2 * rank),
      offset: numbers[2 * rank] ?? 0,
    };
    made.set(keyOf(key ?? null), tensor);
    at = end + 8 + (2 * rank + 1) * 8;
  }
}

function countOf(value: Value, file: string): number {
  if (typeof value === 'number' && value >= 0) return value;
  throw new AppError('file_damaged', {
    file,
    place: 'the archive',
    reason: 'it does not say how much it holds',
  });
}

function int64(bytes: Uint8Array<ArrayBuffer>, at: number, file: string): number {
  if (at + 8 > bytes.length)
    throw new AppError('file_truncated', {
      file,
      place: 'the archive',
      expected: at + 8,
      found: bytes.length,
    });
  const value = Number(new DataView(bytes.buffer).getBigInt64(at, true));
  if (!Number.isSafeInteger(value) || value < 0)
    throw new AppError('file_damaged', {
      file,
      place: 'the archive',
      reason: `the number ${value} is impossible`,
    });
  return value;
}

/** What stands for a key that may be a number or a text. */
function keyOf(id: Value): string {
  return typeof id === 'object' ? '' : String(id);
}
