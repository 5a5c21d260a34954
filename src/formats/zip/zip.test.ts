import { expect, test } from 'vitest';
import { readZip, writeZip } from '.';
import { readDirectory } from './directory';

const text = 'ink '.repeat(1000);
const files = [
  { name: 'a.txt', blob: new Blob([text]) },
  { name: '../../etc/passwd', blob: new Blob(['x']) },
];

test.each([
  ['stored', true],
  ['compressed', false],
])('%s files read back, and names are only names', async (_, stored) => {
  const entries = await readZip(await writeZip(files, stored), 'x.zip');
  expect(entries.map(({ name, bytes }) => [name, bytes])).toEqual([
    ['a.txt', text.length],
    ['../../etc/passwd', 1],
  ]);
  expect(await (await entries[0]?.read())?.text()).toBe(text);
});

test('a stored file is a slice of the archive, unread', async () => {
  const [entry] = await readZip(await writeZip(files), 'x.zip');
  const { blob, packed } = (await entry?.locate()) ?? {};
  expect([packed, await blob?.text()]).toEqual([false, text]);
});

test('an archive behind other bytes is found', async () => {
  const entries = await readZip(new Blob(['#!/bin/sh\n', await writeZip(files)]), 'x.zip');
  expect(await (await entries[0]?.read())?.text()).toBe(text);
});

test('an archive that has lost its end says which file is cut off', async () => {
  const whole = await writeZip(files);
  await expect(readZip(whole.slice(0, 1000), 'x.zip')).rejects.toMatchObject({ code: 'file_truncated' });
});

test('a file that unpacks to more than it says is cut there', async () => {
  const bytes = new Uint8Array(await (await writeZip(files, false)).arrayBuffer());
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 4 <= bytes.length; at++)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 3, true);
  const [entry] = await readZip(new Blob([bytes]), 'x.zip');
  expect(await (await entry?.read())?.text()).toBe('ink');
});

test('an archive of more files than the limit is refused', async () => {
  const archive = await writeZip(files);
  expect(await readDirectory(archive, 'x.zip', 2)).toHaveLength(2);
  await expect(readDirectory(archive, 'x.zip', 1)).rejects.toMatchObject({
    code: 'file_damaged',
    detail: { reason: 'it lists 2 files' },
  });
});
