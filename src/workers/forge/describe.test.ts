import { expect, test } from 'vitest';
import { buildModel } from '../../ir/build';
import type { Model } from '../../ir/model';
import { describeTaken } from './describe';

test('files of weights are kept under their places, which may end in one name', async () => {
  const files = { a: new Blob(['1234']), b: new Blob(['5678']) };
  const { record, bytes } = await describeTaken({ name: 'm.onnx', blob: new Blob(['m']) }, modelOf(files));
  expect(record.external).toEqual(['a/w.bin', 'b/w.bin']);
  expect(bytes.get(`${record.id}/a/w.bin`)).toBe(files.a);
  expect(bytes.get(`${record.id}/b/w.bin`)).toBe(files.b);
});

test('one graph with other weights beside it is another model', async () => {
  const idWith = async (a: string, b: string) => {
    const model = modelOf({ a: new Blob([a]), b: new Blob([b]) });
    return (await describeTaken({ name: 'm.onnx', blob: new Blob(['m']) }, model)).record.id;
  };
  const id = await idWith('1234', '5678');
  expect(await idWith('1234', '5678')).toBe(id);
  expect(await idWith('1234', '5679')).not.toBe(id);
  expect(await idWith('5678', '1234')).not.toBe(id);
});

test('a model is as large as its file and the weights beside it', async () => {
  const files = { a: new Blob(['1234']), b: new Blob(['5678']) };
  const { record } = await describeTaken({ name: 'm.onnx', blob: new Blob(['m']) }, modelOf(files));
  const [original] = record.variants;
  expect(original?.bytes).toBe(9);
  const packed = await Promise.all(
    ['m', '1234', '5678'].map((text) =>
      new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
    ),
  );
  expect(original?.gzip).toBe(packed.reduce((sum, { byteLength }) => sum + byteLength, 0));
});

test('a model is not kept without its weights', async () => {
  const taken = describeTaken({ name: 'm.onnx', blob: new Blob(['m']) }, modelOf({ a: new Blob(), b: null }));
  await expect(taken).rejects.toMatchObject({
    code: 'file_external_missing',
    detail: { locations: ['./b/w.bin'] },
  });
});

/** A model of two weights in files of their own. */
function modelOf(blobs: Record<string, Blob | null>): Model {
  const model = buildModel((tape) => tape.output(tape.input('x', 'float32', [1]), 'float32', [1]));
  const initializers = Object.entries(blobs).map(([name, blob]) => ({
    ...{ name, dtype: 'float32' as const, dims: [1], doc: '', metadata: new Map<string, string>() },
    data: { kind: 'external' as const, file: 'm', location: `./${name}/w.bin`, offset: 0, bytes: 4, blob },
  }));
  return { ...model, graph: { ...model.graph, initializers } };
}
