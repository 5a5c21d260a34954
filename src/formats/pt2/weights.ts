import type { Value } from '../../core/checkpoint';
import type { Dtype } from '../../core/dtype';
import { byteLength } from '../../core/dtype';
import { formatCount } from '../../core/format';
import { AppError } from '../../core/problem';
import { contiguous, storageOf } from '../checkpoint/storage';
import { dictionary } from '../pickle/values';
import { readEntry } from '../pytorch/archive';
import type { ZipEntry } from '../zip';
import { fieldOf, listOf, parseJson } from '../../core/json';

/**
 * The weights, or constants, of a model in the newer archive: one checkpoint (torch 2.8), or a list of what lies in which file
 * (torch 2.9 on).
 * @see https://github.com/pytorch/pytorch/blob/main/torch/export/pt2_archive/_package.py
 */
export async function readWeights(
  entries: ReadonlyMap<string, ZipEntry>,
  graph: string,
  file: string,
  nested: (entry: ZipEntry | undefined) => Promise<Value>,
  what: 'weights' | 'constants' = 'weights',
): Promise<Value> {
  const folder = graph.replace(/models\/[^/]+$/, `data/${what}/`);
  const stem = graph.replace(/^.*\/|\.json$/g, '');
  const list = entries.get(`${folder}${stem}_${what}_config.json`);
  if (!list) return nested(entries.get(`${folder}${stem}.pt`));
  const text = new TextDecoder().decode(await readEntry(list, file));
  const config = fieldOf(parseJson(text, list.name, file), 'config');
  const root = dictionary('dict');
  for (const [name, described] of Object.entries(
    typeof config === 'object' && config !== null ? config : {},
  )) {
    const path = fieldOf(described, 'path_name');
    const entry = typeof path === 'string' ? entries.get(folder + path) : undefined;
    if (!entry) {
      throw new AppError('file_damaged', {
        file,
        place: name,
        reason: 'the archive does not hold its numbers',
      });
    }
    const pickled = fieldOf(described, 'use_pickle') === true;
    root.entries.set(
      name,
      pickled ? await nested(entry) : await tensorIn(entry, fieldOf(described, 'tensor_meta'), file),
    );
  }
  return root;
}

async function tensorIn(entry: ZipEntry, meta: unknown, file: string): Promise<Value> {
  const dtype = scalarTypes[Number(fieldOf(meta, 'dtype'))];
  const damaged = (reason: string) => new AppError('file_damaged', { file, place: entry.name, reason });
  if (dtype === undefined) throw damaged('it is of an unknown type');
  const { blob, packed } = await entry.locate();
  const storage = {
    ...storageOf(entry.name, dtype, blob),
    bytes: entry.bytes,
    packed: packed ? { skip: 0 } : null,
  };
  const number = (size: unknown) => Number(fieldOf(size, 'as_int') ?? NaN);
  const dims = listOf(meta, 'sizes').map(number);
  const strides = listOf(meta, 'strides').map(number);
  const offset = number(fieldOf(meta, 'storage_offset'));
  const last = dims.reduce((sum, dim, at) => sum + (dim - 1) * (strides[at] ?? 0), offset);
  const sound = [...dims, ...strides, offset].every((size) => Number.isSafeInteger(size) && size >= 0);
  const fits = dims.includes(0) || byteLength(dtype, last + 1) <= entry.bytes;
  if (!sound || !fits || dims.length !== strides.length) {
    throw damaged(`${dims.join(' × ')} ${dtype} do not fit its ${formatCount(entry.bytes)} bytes`);
  }
  return { ...contiguous(dtype, dims, storage), strides, offset, role: 'parameter' };
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
