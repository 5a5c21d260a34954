import { expect, test } from 'vitest';
import { createJob } from '../../core/job';
import { safetensors, safetensorsIndex } from '.';

/** A file with a header as text and zeros behind it. */
function file(header: string, data: number): Blob {
  const head = new TextEncoder().encode(header);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(head.length), true);
  return new Blob([length, head, new Uint8Array(data)]);
}

const read = (blob: Blob) => safetensors.read(blob, { name: 'x.safetensors' }, createJob());
const entry = (from: number, to: number, rest = '"dtype":"F32","shape":[2]') =>
  `{${rest},"data_offsets":[${from},${to}]}`;

test('tensors are slices, metadata is text', async () => {
  const header = `{"__metadata__":{"format":"pt"},"a":${entry(0, 8)},"b":${entry(8, 8, '"dtype":"I64","shape":[0,3]')}}  `;
  const artifact = await read(file(header, 8));
  if (artifact.kind !== 'checkpoint') throw new Error('no checkpoint');
  const { tensors, entries } = artifact.checkpoint;
  expect(
    tensors.map(({ name, tensor }) => [name, tensor.dtype, tensor.dims, tensor.storage.blob?.size]),
  ).toEqual([
    ['a', 'float32', [2], 8],
    ['b', 'int64', [0, 3], 0],
  ]);
  expect([...entries.keys()]).toEqual(['__metadata__']);
});

test.each([
  ['a hole', `{"a":${entry(4, 12)}}`, 12, 'file_damaged'],
  ['an overlap', `{"a":${entry(0, 8)},"b":${entry(4, 12)}}`, 12, 'file_damaged'],
  ['bytes of no tensor', `{"a":${entry(0, 8)}}`, 9, 'file_damaged'],
  ['a key that stands twice', `{"a":${entry(0, 8)},"a":${entry(8, 16)}}`, 16, 'file_damaged'],
  [
    'a key that stands twice, spelled otherwise',
    `{"a":${entry(0, 8)},"\\u0061":${entry(8, 16)}}`,
    16,
    'file_damaged',
  ],
  ['metadata that is no text', `{"__metadata__":{"n":1}}`, 0, 'file_damaged'],
  ['a type that does not exist', `{"a":${entry(0, 8, '"dtype":"X1","shape":[2]')}}`, 8, 'file_damaged'],
  [
    'a type of our own tables',
    `{"a":${entry(0, 8, '"dtype":"constructor","shape":[2]')}}`,
    8,
    'file_damaged',
  ],
  ['a negative size', `{"a":${entry(0, 8, '"dtype":"F32","shape":[-2]')}}`, 8, 'file_damaged'],
  ['sizes that disagree', `{"a":${entry(0, 12)}}`, 12, 'file_tensor_length'],
  ['too few bytes', `{"a":${entry(0, 8)}}`, 5, 'file_truncated'],
  ['a list', '[]', 0, 'file_damaged'],
  ['no JSON', '{"a":', 0, 'file_damaged'],
])('%s is refused', async (_, header, data, code) => {
  await expect(read(file(header, data))).rejects.toMatchObject({ code });
});

test('shards are read by the list that names them', async () => {
  const list = new Blob([
    JSON.stringify({ metadata: {}, weight_map: { a: '1.safetensors', b: '2.safetensors' } }),
  ]);
  const external = new Map([
    ['1.safetensors', file(`{"a":${entry(0, 8)}}`, 8)],
    ['2.safetensors', file(`{"b":${entry(0, 8)}}`, 8)],
  ]);
  const artifact = await safetensorsIndex.read(list, { name: 'x.index.json', external }, createJob());
  expect(artifact).toMatchObject({ checkpoint: { tensors: [{ name: 'a' }, { name: 'b' }] } });
  external.delete('2.safetensors');
  await expect(
    safetensorsIndex.read(list, { name: 'x.index.json', external }, createJob()),
  ).rejects.toMatchObject({
    code: 'file_external_missing',
    detail: { locations: ['2.safetensors'] },
  });
});
