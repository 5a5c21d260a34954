import { openAsBlob } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../core/problem';
import { saveFile } from './files';

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
