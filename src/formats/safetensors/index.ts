import type { Storage, Value } from '../../core/checkpoint';
import { byteLength, type Dtype } from '../../core/dtype';
import { formatCount } from '../../core/format';
import { locate } from '../../core/locations';
import { AppError } from '../../core/problem';
import { elementCount } from '../../core/shape';
import { createReport } from '../checkpoint/report';
import { describeCheckpoint } from '../checkpoint/describe';
import { contiguous } from '../checkpoint/storage';
import type { Format } from '../format';
import { dictionary } from '../pickle/values';
import { codes } from './codes';
import { duplicateKey } from './duplicates';

/** The format's own limit for its header. */
const MAX_HEADER_BYTES = 100_000_000;
/** No framework has more dimensions. */
const MAX_DIMS = 64;

/**
 * safetensors: eight bytes with the header's length, a JSON header, and the elements without holes or overlaps.
 * @see https://huggingface.co/docs/safetensors/index#format
 */
export const safetensors: Format = {
  id: 'safetensors',
  label: 'safetensors',
  extensions: ['.safetensors'],
  spec: 'https://huggingface.co/docs/safetensors/index#format',
  async sniff(probe) {
    const head = await probe.head();
    return (
      head.length >= 10 &&
      head[8] === 0x7b &&
      /^\{\s*("|\}|$)/.test(new TextDecoder().decode(head.subarray(8, 64)))
    );
  },
  async read(file, { name }) {
    const { tensors, metadata } = await readHeader(file, name);
    return artifactOf(name, file.size, tensors, metadata);
  },
};

/** The list of a model in several files: `model.safetensors.index.json`, which needs the files beside it. */
export const safetensorsIndex: Format = {
  id: 'safetensors-index',
  label: 'safetensors in several files',
  extensions: ['.safetensors.index.json'],
  spec: 'https://huggingface.co/docs/transformers/big_models#sharded-checkpoints',
  async sniff(probe) {
    const text = new TextDecoder().decode(await probe.head());
    return (
      /^\s*\{/.test(text) &&
      /"weight_map"\s*:/.test(text + new TextDecoder().decode(await probe.tail())) &&
      /\.safetensors"/.test(text)
    );
  },
  async read(file, { name, external }) {
    const index = parseJson(await file.text(), name) as { weight_map?: unknown; metadata?: unknown };
    const map = index.weight_map;
    if (typeof map !== 'object' || map === null) throw damaged(name, 'the list', 'it has no weight_map');
    const shards = [...new Set(Object.values(map).map(String))];
    const files = locate(external ?? new Map(), shards);
    const missing = shards.filter((shard) => !files.has(shard));
    if (missing.length > 0) throw new AppError('file_external_missing', { file: name, locations: missing });
    const tensors = new Map<Value, Value>();
    let bytes = file.size;
    for (const shard of shards) {
      const blob = files.get(shard);
      if (!blob) continue;
      bytes += blob.size;
      const held = await readHeader(blob, shard);
      for (const [key, tensor] of held.tensors) tensors.set(key, tensor);
    }
    const lost = Object.keys(map).find((key) => !tensors.has(key));
    if (lost !== undefined) throw damaged(name, lost, 'the file that the list names does not hold it');
    return artifactOf(name, bytes, tensors, new Map());
  },
};

function artifactOf(
  file: string,
  bytes: number,
  tensors: Map<Value, Value>,
  metadata: ReadonlyMap<string, string>,
) {
  const root = { ...dictionary('dict'), entries: tensors };
  const entries =
    metadata.size > 0
      ? new Map<string, Value>([['__metadata__', textDict(metadata)]])
      : new Map<string, Value>();
  const found = {
    file,
    bytes,
    format: 'safetensors',
    root,
    report: createReport(),
    layout: 'state dict',
    entries,
  } as const;
  return { kind: 'checkpoint', checkpoint: describeCheckpoint(found) } as const;
}

function textDict(texts: ReadonlyMap<string, string>): Value {
  return { ...dictionary('dict'), entries: new Map<Value, Value>(texts) };
}

/** The tensors that a header lists, as slices of the file; throws `file_damaged` and `file_truncated`. */
async function readHeader(
  file: Blob,
  name: string,
): Promise<{ tensors: Map<Value, Value>; metadata: Map<string, string> }> {
  const head = new DataView(await file.slice(0, 8).arrayBuffer());
  if (head.byteLength < 8) throw damaged(name, 'the header', 'it ends too early');
  const length = Number(head.getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES)
    throw damaged(
      name,
      'the header',
      `it says it has ${formatCount(length)} bytes; the format allows ${formatCount(MAX_HEADER_BYTES)}`,
    );
  if (8 + length > file.size)
    throw new AppError('file_truncated', {
      file: name,
      place: 'the header',
      expected: length,
      found: file.size - 8,
    });
  const text = await file.slice(8, 8 + length).text();
  if (!text.startsWith('{')) throw damaged(name, 'the header', 'it does not begin with {');
  const header = parseJson(text, name);
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw damaged(name, 'the header', 'it lists no tensors');
  const twice = duplicateKey(text);
  if (twice !== null) throw damaged(name, 'the header', `it lists ${twice} twice`);
  const data = file.slice(8 + length);
  const metadata = new Map<string, string>();
  const tensors = new Map<Value, Value>();
  const stretches: { key: string; from: number; to: number }[] = [];
  for (const [key, entry] of Object.entries(header as Record<string, unknown>)) {
    if (key === '__metadata__') {
      for (const [name2, value] of metadataOf(entry, name)) metadata.set(name2, value);
      continue;
    }
    const { dtype, dims, from, to } = parseEntry(entry, key, name);
    stretches.push({ key, from, to });
    const storage: Storage = {
      kind: 'storage',
      ...{
        key,
        dtype,
        bytes: to - from,
        device: 'cpu',
        bigEndian: false,
        blob: data.slice(from, to),
        packed: null,
      },
    };
    tensors.set(key, contiguous(dtype, dims, storage));
  }
  checkStretches(stretches, data.size, name);
  return { tensors, metadata };
}

/** Every byte belongs to one tensor. */
function checkStretches(
  stretches: { key: string; from: number; to: number }[],
  size: number,
  file: string,
): void {
  let end = 0;
  for (const { key, from, to } of stretches.sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from < end)
      throw damaged(file, key, `it begins at byte ${formatCount(from)}, inside the tensor before it`);
    if (from > end)
      throw damaged(
        file,
        key,
        `it begins at byte ${formatCount(from)}; the tensor before it ends at ${formatCount(end)}`,
      );
    if (to > size)
      throw new AppError('file_truncated', {
        file,
        place: key,
        expected: to - from,
        found: Math.max(0, size - from),
      });
    end = to;
  }
  if (end < size) throw damaged(file, 'the end', `${formatCount(size - end)} bytes belong to no tensor`);
}

function parseEntry(
  entry: unknown,
  key: string,
  file: string,
): { dtype: Dtype; dims: number[]; from: number; to: number } {
  const {
    dtype: code,
    shape,
    data_offsets: offsets,
  } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
  const dtype = typeof code === 'string' && Object.hasOwn(codes, code) ? codes[code] : undefined;
  if (dtype === undefined)
    throw damaged(file, key, `it is of the type ${String(code)}, which the format does not have`);
  if (!isSizes(shape) || shape.length > MAX_DIMS) throw damaged(file, key, 'its shape is impossible');
  if (!isSizes(offsets) || offsets.length !== 2)
    throw damaged(file, key, 'it does not say where its bytes are');
  const [from = 0, to = 0] = offsets;
  const expected = byteLength(dtype, elementCount(shape));
  if (to - from !== expected) {
    throw new AppError('file_tensor_length', { tensor: key, dims: shape, dtype, expected, found: to - from });
  }
  return { dtype, dims: shape, from, to };
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);
}

function metadataOf(entry: unknown, file: string): [string, string][] {
  const pairs =
    typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? Object.entries(entry) : null;
  if (!pairs?.every((pair): pair is [string, string] => typeof pair[1] === 'string')) {
    throw damaged(file, '__metadata__', 'it may hold texts only');
  }
  return pairs;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(file, 'the header', `it is no JSON (${error instanceof Error ? error.message : ''})`);
  }
}

function damaged(file: string, place: string, reason: string): AppError {
  return new AppError('file_damaged', { file, place, reason });
}
