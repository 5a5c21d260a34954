import { openAsBlob } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../core/problem';
import { createJob } from '../core/job';
import { encodeExternal } from '../formats/onnx';
import { buildModel } from '../ir/build';
import { readFloats, tensorOf } from '../ir/data';
import { openModel, saveFile } from './files';

let folder = '';
const at = (name: string) => join(folder, name);

beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'inkling-'))));
afterEach(() => rm(folder, { recursive: true }));

test('a file is replaced by what is made of its own slices', async () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
  await writeFile(at('m'), bytes, { mode: 0o640 });
  const file = await openAsBlob(at('m'));
  await saveFile(at('m'), new Blob(['new', file.slice(100_000)]));
  const written = await readFile(at('m'));
  expect(written.subarray(0, 3).toString()).toBe('new');
  expect(written.subarray(3).equals(bytes.subarray(100_000))).toBe(true);
  expect(await readdir(folder)).toEqual(['m']);
  expect((await stat(at('m'))).mode & 0o777).toBe(0o640);
});

test('a file stays as it is where what replaces it cannot be read to its end', async () => {
  await writeFile(at('m'), 'kept');
  await writeFile(at('weights'), new Uint8Array(200_000));
  const weights = await openAsBlob(at('weights'));
  await truncate(at('weights'), 10);
  const error = await saveFile(at('m'), new Blob(['head', weights])).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'file_not_written',
    detail: { reason: 'a file that it is made of was changed or removed meanwhile' },
  });
  expect(await readFile(at('m'), 'utf8')).toBe('kept');
  expect((await readdir(folder)).sort()).toEqual(['m', 'weights']);
});

test('what a link leads to is replaced, not the link', async () => {
  await writeFile(at('m'), 'old');
  await symlink(at('m'), at('link'));
  await saveFile(at('link'), new Blob(['new']));
  expect(await readFile(at('m'), 'utf8')).toBe('new');
  expect((await readdir(folder)).sort()).toEqual(['link', 'm']);
});

test('a device is written to and stays one', async () => {
  await saveFile('/dev/null', new Blob(['new']));
  expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
});

test.each([
  ['folder', 'it is a folder'],
  ['none/m', 'there is no such file or folder'],
  ['m/m', 'a part of its path is no folder'],
])('where %s cannot be written, it says why in words', async (name, reason) => {
  await mkdir(at('folder'));
  await writeFile(at('m'), '');
  const error = await saveFile(at(name), new Blob(['new'])).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: 'file_not_written', detail: { file: at(name), reason } });
});

test('weights are found where their locations say, and nothing is taken in their place', async () => {
  const model = buildModel((tape) => {
    const [a, b] = ['a', 'b'].map((name) =>
      tape.constant(tensorOf(name, 'float32', [512], new Float32Array(512))),
    );
    tape.output(tape.node('Add', [a as string, b as string]), 'float32', [512]);
  });
  const { graph, data } = await encodeExternal(model, '?/w.bin');
  const [head, middle, tail] = Buffer.from(await graph.arrayBuffer())
    .toString('latin1')
    .split('?/w.bin');
  await writeFile(at('m.onnx'), `${head}a/w.bin${middle}b/w.bin${tail}`, 'latin1');
  await writeFile(at('w.bin'), new Float32Array(data.size / 4));
  const read = async () => {
    const opened = await openModel(at('m.onnx'), createJob());
    const floats = await Promise.all(opened.model.graph.initializers.map(readFloats));
    return floats.map((numbers) => numbers?.[0]);
  };
  await expect(read()).rejects.toMatchObject({ code: 'file_external_missing' });
  for (const [name, number] of Object.entries({ a: 1, b: 2 })) {
    await mkdir(at(name));
    await writeFile(join(at(name), 'w.bin'), new Float32Array(data.size / 4).fill(number));
  }
  expect(await read()).toEqual([1, 2]);
});
