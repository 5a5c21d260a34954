import type { Value } from '../../core/checkpoint';
import type { Dtype } from '../../core/dtype';
import { byteLength } from '../../core/dtype';
import { AppError } from '../../core/problem';
import { contiguous, rowMajor, storageOf } from '../checkpoint/storage';
import { dictionary } from '../pickle/values';
import { readEntry } from '../pytorch/archive';
import type { ZipEntry } from '../zip';

/**
 * The weights of a model in the newer archive: one checkpoint (torch 2.8), or a list of what lies in which file
 * (torch 2.9 on).
 * @see https://github.com/pytorch/pytorch/blob/main/torch/export/pt2_archive/_package.py
 */
export async function readWeights(
  entries: ReadonlyMap<string, ZipEntry>,
  graph: string,
  file: string,
  nested: (entry: ZipEntry | undefined) => Promise<Value>,
): Promise<Value> {
  const folder = graph.replace(/models\/[^/]+$/, 'data/weights/');
  const stem = graph.replace(/^.*\/|\.json$/g, '');
  const list = entries.get(`${folder}${stem}_weights_config.json`);
  if (!list) return nested(entries.get(`${folder}${stem}.pt`));
  const config = (JSON.parse(new TextDecoder().decode(await readEntry(list, file))) as { config?: unknown })
    .config;
  const root = dictionary('dict');
  for (const [name, described] of Object.entries((config ?? {}) as Record<string, Described>)) {
    const entry = entries.get(`${folder}${described.path_name}`);
    if (!entry)
      throw new AppError('file_damaged', {
        file,
        place: described.path_name,
        reason: 'the archive does not hold it',
      });
    root.entries.set(
      name,
      described.use_pickle ? await nested(entry) : await tensorIn(entry, described, file),
    );
  }
  return root;
}

interface Described {
  path_name: string;
  use_pickle: boolean;
  tensor_meta: {
    dtype: number;
    sizes: { as_int: number }[];
    strides: { as_int: number }[];
    storage_offset: { as_int: number };
  };
}

async function tensorIn(entry: ZipEntry, { tensor_meta: meta }: Described, file: string): Promise<Value> {
  const dtype = scalarTypes[meta.dtype];
  const damaged = (reason: string) => new AppError('file_damaged', { file, place: entry.name, reason });
  if (dtype === undefined) throw damaged(`it is of the unknown type ${meta.dtype}`);
  const { blob, packed } = await entry.locate();
  const storage = {
    ...storageOf(entry.name, dtype, blob),
    bytes: entry.bytes,
    packed: packed ? { skip: 0 } : null,
  };
  const dims = meta.sizes.map(({ as_int: size }) => size);
  const strides = meta.strides.map(({ as_int: stride }) => stride);
  const offset = meta.storage_offset.as_int;
  const last = dims.reduce((sum, dim, at) => sum + (dim - 1) * (strides[at] ?? 0), offset);
  const sound = [...dims, ...strides, offset].every((size) => Number.isSafeInteger(size) && size >= 0);
  if (
    !sound ||
    dims.length !== strides.length ||
    (!dims.includes(0) && byteLength(dtype, last + 1) > entry.bytes)
  ) {
    throw damaged(`${dims.join(' × ')} ${dtype} do not fit its ${entry.bytes} bytes`);
  }
  return {
    ...contiguous(dtype, dims, storage),
    strides: dims.length > 0 ? strides : rowMajor(dims),
    offset,
    role: 'parameter',
  };
}

/** @see https://github.com/pytorch/pytorch/blob/main/torch/_export/serde/schema.py (ScalarType) */
const scalarTypes: Readonly<Partial<Record<number, Dtype>>> = {
  ...{ 1: 'uint8', 2: 'int8', 3: 'int16', 4: 'int32', 5: 'int64', 6: 'float16', 7: 'float32', 8: 'float64' },
  ...{
    10: 'complex64',
    11: 'complex128',
    12: 'bool',
    13: 'bfloat16',
    28: 'uint16',
    29: 'float8e4m3fn',
    30: 'float8e5m2',
  },
  ...{ 31: 'float8e4m3fnuz', 32: 'float8e5m2fnuz' },
};
