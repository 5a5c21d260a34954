import { openAsBlob } from 'node:fs';
import { expect, test } from 'vitest';
import { createJob } from '../../core/job';
import { wildModels } from '../../../tests/wild';
import { identify } from '..';
import { encodeExternal, encodeOnnx, readOnnx } from '.';

const wild = wildModels();

if (wild.length === 0) test.skip('models from the wild: ../shared/wild is not on this machine');

test.each(wild)('$file keeps its meaning through encode and read', async ({ path, file }) => {
  const blob = await openAsBlob(path);
  expect((await identify(blob, file)).id).toBe('onnx');
  const model = await readOnnx(blob, { name: file }, createJob());
  const again = await readOnnx(await encodeOnnx(model), { name: file }, createJob());
  expect(await whole(again)).toEqual(await whole(model));

  const { graph, data } = await encodeExternal(model, 'weights.bin');
  const external = new Map([['weights.bin', data]]);
  const outside = await readOnnx(graph, { name: file, external }, createJob());
  expect(await whole(outside)).toEqual(await whole(model));
});

/** A model with every tensor's elements read, in a form that compares by content. */
async function whole(value: unknown): Promise<unknown> {
  if (value instanceof Blob) return Buffer.from(await value.arrayBuffer()).toString('base64');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return Promise.all(value.map(whole));
  if (value instanceof Map) return Promise.all([...value].map(whole));
  if (typeof value !== 'object' || value === null) return value;
  const data = value as Record<string, unknown>;
  if (data['kind'] === 'blob') return whole(data['blob']);
  if (data['kind'] === 'bytes') return whole(data['bytes']);
  if (data['kind'] === 'external' && data['blob'] instanceof Blob) {
    const offset = Number(data['offset']);
    return whole(data['blob'].slice(offset, offset + Number(data['bytes'])));
  }
  return Promise.all(Object.entries(data).map(async ([key, part]) => [key, await whole(part)]));
}
